// While amounts are typed, the line that says what closes the budget follows; without this file it does so at each saving.

const ATTESA = 400;
const bilancio = document.querySelector("[data-bilancio]");
const modulo = bilancio && document.querySelector("form[data-avvisa-uscita]");
let attesa;
let richiesta;

async function aggiorna() {
  richiesta?.abort();
  richiesta = new AbortController();
  try {
    const risposta = await fetch(bilancio.dataset.bilancio, {
      method: "POST",
      body: new FormData(modulo),
      signal: richiesta.signal,
      redirect: "error",
    });
    if (risposta.ok) bilancio.innerHTML = await risposta.text();
  } catch {
    // Another figure was typed meanwhile, or there is no network: the line stays as it was.
  }
}

modulo?.addEventListener("input", ({ target }) => {
  if (!target.matches("input.importo, select, input[type=checkbox]")) return;
  clearTimeout(attesa);
  attesa = setTimeout(aggiorna, ATTESA);
});
