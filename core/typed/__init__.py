# SPDX-License-Identifier: EUPL-1.2
"""Text that people type: cleaned at the door, cut into blocks, shown. What is no certain sign stays as typed.

One reading serves page, print, slides, mail and index. Each step looks at each character a fixed number of times.
"""
