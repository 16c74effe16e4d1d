setup() {
    cd "$BATS_TEST_TMPDIR"
}

@test "touch makes a file" {
    touch a
    [ -e a ]
}

@test "cat says what is in it" {
    echo hello >a
    [ "$(cat a)" = bye ]
}

@test "needs a display" {
    skip "no display"
}
