# SPDX-License-Identifier: EUPL-1.2
"""Files that people hand in: recognised, refused where they could do harm, freed of what they say about their maker.

``intake.examine`` is the only door. The work on the bytes runs in a process of its own with little memory and time
(``sandbox``); the modules beside it know one family of formats each and nothing of Django.
"""
