// What makes the pages more comfortable. Every page works without this file.

// After a form was sent, the page that answers is read from what matters: what to correct; the place where one goes on; what
// was done; else its title.
const INVIATO = "modulo-inviato";
const dopoInvio = sessionStorage.getItem(INVIATO) !== null;
sessionStorage.removeItem(INVIATO);
if (dopoInvio) document.documentElement.dataset.dopoInvio = "";
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented && target.method === "post") sessionStorage.setItem(INVIATO, "1");
});

const SCRIVE = "input, select, textarea, fieldset[tabindex]";
const meta = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;

function siRiparteDa() {
  const errori = document.getElementById("riepilogo-errori");
  if (errori || !dopoInvio) return errori ?? (meta?.matches(SCRIVE) ? meta : null);
  // Rows that were asked for: one goes on in the first of them.
  const nuova = meta && meta.querySelector("tr:has([name$='-righe']) :is(input:not([type=hidden]), select, textarea)");
  return nuova || meta || document.getElementById("messaggi") || document.querySelector("main h1");
}

function riparti() {
  const fuoco = siRiparteDa();
  if (!fuoco) return;
  if (!fuoco.matches("a[href], button, input, select, textarea, [tabindex]")) fuoco.tabIndex = -1;
  fuoco.focus();
}

// Going to the place that the address names, the browser takes the focus away: ours comes after.
if (meta && document.readyState !== "complete") window.addEventListener("load", () => setTimeout(riparti));
else riparti();

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
