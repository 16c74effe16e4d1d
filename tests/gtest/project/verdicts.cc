// verdicts.cc - a test for everything that can become of one.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

TEST(Verdicts, Passes)
{
    SUCCEED();
}

TEST(Verdicts, Fails)
{
    EXPECT_EQ(1 + 1, 3) << "sums are wrong";
    EXPECT_TRUE(false);
}

TEST(Verdicts, Skips)
{
    GTEST_SKIP() << "not today";
}

TEST(Verdicts, Throws)
{
    throw std::runtime_error("thrown");
}

TEST(Verdicts, DISABLED_Never)
{
    FAIL();
}

class Even : public testing::TestWithParam<int>
{
};

TEST_P(Even, IsEven)
{
    EXPECT_EQ(GetParam() % 2, 0);
}
INSTANTIATE_TEST_SUITE_P(Numbers, Even, testing::Values(2, 3));

template <typename T> class Typed : public testing::Test
{
};
using Types = testing::Types<char, long>;
TYPED_TEST_SUITE(Typed, Types);

TYPED_TEST(Typed, IsSmall)
{
    EXPECT_EQ(sizeof(TypeParam), 1u);
}

// None of these comes back: each is the last test of its program.

TEST(Ends, Segfaults)
{
    raise(SIGSEGV);
}

TEST(Ends, Aborts)
{
    abort();
}

TEST(Ends, ExitsWithZero)
{
    exit(0);
}

TEST(Ends, ExitsWithThree)
{
    exit(3);
}

TEST(Ends, Hangs)
{
    sleep(600);
}
