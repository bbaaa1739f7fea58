// SPDX-License-Identifier: EUPL-1.2
// How many characters are left, below fields that have a greatest length. Without it the line says the greatest length.
"use strict";
addEventListener("input", ({ target }) => {
  const counter = target.maxLength > 0 && document.getElementById(`${target.id}-count`);
  if (counter) counter.textContent = counter.dataset.words.replace("LEFT", target.maxLength - target.value.length);
});
