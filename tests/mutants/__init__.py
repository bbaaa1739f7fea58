# SPDX-License-Identifier: EUPL-1.2
"""Whether the tests notice when a rule of the house is broken: ``make mutants``, as docs/develop/testing.md says."""
