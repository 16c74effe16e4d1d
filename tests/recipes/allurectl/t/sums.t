use strict;
use warnings;
use Test::More;

is(1 + 1, 2, 'adds');
subtest 'rounds' => sub {
    is(int(1.5), 1, 'down');
    is(int(2.5) + 1, 3, 'up');
};
is(2 * 2, 5, 'multiplies');
done_testing;
