# SPDX-License-Identifier: EUPL-1.2
"""Readers for the tests of the enclosure: what a file can make of the program that reads it."""

import os
import socket
import time

from django.core.exceptions import ValidationError

from core.sentences import sentence as _


def echo(file, *, word):
    print("what a library prints is no answer")
    yield {"word": word, "size": len(file.read())}
    yield b"B1\nJ{}\nbytes as they are"


def refuse(file):
    yield {"before": 1}
    raise ValidationError(_("The file is too large. At most %(size)s MB are read.") % {"size": 7}, code="large")


def grow(file):
    held = []
    while True:
        held.append(bytearray(50 << 20))
        yield len(held)


def spin(file):
    while True:
        pass
    yield


def sleep(file):
    time.sleep(3600)
    yield


def flood(file):
    while True:
        yield b"x" * (1 << 20)


def abort(file):
    os.abort()
    yield


def stray(file):
    yield {"before": 1}
    raise KeyError("a bug in a library")


def look(file, *, port):
    """Whether a server of this machine is reached, what the environment holds, whether our folder can be written."""
    try:
        with socket.socket() as link:
            link.settimeout(2)
            link.connect(("127.0.0.1", port))
        reached = True
    except OSError:
        reached = False
    try:
        with open("written-by-a-file", "w") as written:
            written.write("x")
        writes = True
    except OSError:
        writes = False
    yield {"reached": reached, "environment": sorted(os.environ), "writes": writes}
