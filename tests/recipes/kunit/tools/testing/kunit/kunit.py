#!/bin/sh
# kunit.py - plays the kernel's: what a run of it printed.
# SPDX-License-Identifier: Apache-2.0
exec cat kunit.log
