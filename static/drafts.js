// SPDX-License-Identifier: EUPL-1.2
// Long forms are kept while they are typed: on the server, encrypted, for this person alone. See docs/decisions/0020.
(() => {
  const discard = document.getElementById("discard-draft");
  const form = document.querySelector("main form.form[method=post]:has(textarea)");
  if (!discard || !form) return;
  const PAUSE = 4000;
  let timer = null, kept = written();

  function written() {
    const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(entries).toString();
  }

  function say(words) {
    let place = form.querySelector("[data-draft-state]");
    if (!place) {
      place = document.createElement("p");
      place.className = "kern-hint";
      place.dataset.draftState = "";
      place.setAttribute("role", "status");
      form.append(place);
    }
    place.textContent = words;
  }

  async function keep() {
    clearTimeout(timer);
    timer = null;
    const now = written();
    if (now === kept) return true;
    const body = new URLSearchParams(now);
    body.set("draft-of", location.pathname);
    try {
      const answer = await fetch(discard.dataset.keep, { method: "POST", body, keepalive: now.length < 60000 });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      kept = now;
      say(discard.dataset.kept);
      return true;
    } catch {
      say(discard.dataset.away);
      timer = setTimeout(keep, 3 * PAUSE);
      return false;
    }
  }

  form.addEventListener("input", () => { timer ??= setTimeout(keep, PAUSE); });
  addEventListener("pagehide", () => { if (timer && !form.dataset.sent) keep(); });
  addEventListener("online", keep);
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      say(discard.dataset.away);
      return;
    }
    clearTimeout(timer);
    form.dataset.sent = "";
  });
})();
