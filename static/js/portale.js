// What makes the pages more comfortable. Every page works without this file.

// Who sends a form with errors is brought to the list of what to correct.
document.getElementById("riepilogo-errori")?.focus();

// A link of «cosa manca» leads to a field: one wants to type there, or to move on from there.
const meta = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (meta && meta.matches("input, select, textarea, fieldset[tabindex]")) meta.focus();

// Leaving with typed text not yet saved. `data-non-salvato`: the page came back with errors, so nothing of it is saved.
const DA_SALVARE = "form[data-avvisa-uscita]";
const ripreso = document.querySelector("[data-ripreso]") ? DA_SALVARE : `${DA_SALVARE}[data-non-salvato]`;
const daSalvare = new Set(document.querySelectorAll(ripreso));
for (const evento of ["input", "change"]) {
  document.addEventListener(evento, ({ target }) => {
    const modulo = target.form?.closest(DA_SALVARE);
    if (modulo) daSalvare.add(modulo);
  });
}
document.addEventListener("submit", ({ target, defaultPrevented }) => { if (!defaultPrevented) daSalvare.delete(target); });
document.addEventListener("salvato", ({ target }) => daSalvare.delete(target)); // by itself: see salvataggio.js
window.addEventListener("beforeunload", (evento) => {
  // A form that a fragment has replaced is not on the page any more.
  if ([...daSalvare].some((modulo) => modulo.isConnected)) evento.preventDefault();
});

// The index of a scheda is folded on a phone. Where CSS cannot open a closed <details>, we do it on wide screens.
if (!CSS.supports("selector(::details-content)")) {
  for (const indice of document.querySelectorAll("details[data-aperto-da]")) {
    const larga = window.matchMedia(`(min-width: ${indice.dataset.apertoDa})`);
    const adatta = () => { indice.open = larga.matches; };
    larga.addEventListener("change", adatta);
    adatta();
  }
}

// Small menus close with Esc and by clicking elsewhere.
const tendine = () => document.querySelectorAll("details.tendina[open]");
document.addEventListener("click", ({ target }) => {
  for (const tendina of tendine()) if (!tendina.contains(target)) tendina.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const tendina of tendine()) {
    tendina.open = false;
    tendina.querySelector("summary").focus();
  }
});

// A file that is too large is told before it is sent: nobody waits for ten minutes to hear it.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=file][data-massimo]")) return;
  const massimo = Number(target.dataset.massimo);
  const grandi = [...target.files].filter((file) => file.size > massimo).map((file) => file.name);
  const megabyte = Math.floor(massimo / 1024 / 1024);
  const detto = `${grandi.join(", ")}: supera ${megabyte} MB. Riduci la scansione o dividila, e scegli di nuovo il file.`;
  let avviso = target.parentElement.querySelector("[data-troppo-grande]");
  if (grandi.length && !avviso) {
    avviso = Object.assign(document.createElement("p"), { className: "campo-errore" });
    avviso.dataset.troppoGrande = "";
    avviso.setAttribute("role", "alert");
    target.after(avviso);
  }
  if (grandi.length) {
    avviso.textContent = detto;
    target.value = "";
  } else {
    avviso?.remove();
  }
});
