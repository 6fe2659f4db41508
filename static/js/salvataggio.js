// While one writes, the page saves by itself, in the same way as its button: the server merges, and answers with what was
// saved, what was not and why. This file never says «salvato» of what is not. Without it there is the button.

import { aggiorna } from "./derivati.js";
import { Esito } from "./esito-salvataggio.js";

const modulo = document.querySelector("form[data-salvataggio]");
const IMPRONTA = "--i";
const NON_MIE = ["--i", "--appese", "--elimina", "csrfmiddlewaretoken"];
const LASCIATO = 400; // ms: who leaves a field for a button saves with the button
const TEMPO = 30_000;
const RIPROVE = [5, 10, 20, 40, 60]; // seconds
const MASSIMO_KEEPALIVE = 60_000; // of a page that is being left browsers send no more than that

const esito = modulo && new Esito(modulo);
let scritto = modulo && contenuto(); // what the server has last answered about
let tuttoSalvo = modulo && !("nonSalvato" in modulo.dataset);
let sospeso = null; // sent, and nobody knows what became of it: it is sent again as it was, before anything newer
let inCorso = null;
let attesa;
let riprove = 0;
let saluta = false; // the button was pressed and waits for what is on its way
let passa = false;

function contenuto() {
  const campi = [...new FormData(modulo)].filter(([nome]) => !NON_MIE.some((coda) => nome.endsWith(coda)));
  return new URLSearchParams(campi).toString();
}

function corpo() {
  return new URLSearchParams(new FormData(modulo)).toString();
}

function programma(quando) {
  clearTimeout(attesa);
  attesa = setTimeout(salva, quando);
}

function salva({ keepalive = false } = {}) {
  clearTimeout(attesa);
  if (inCorso) return inCorso;
  if (!sospeso && contenuto() === scritto) return Promise.resolve();
  sospeso ??= { corpo: corpo(), contenuto: contenuto() };
  inCorso = manda(sospeso, keepalive && sospeso.corpo.length < MASSIMO_KEEPALIVE).finally(() => { inCorso = null; });
  return inCorso.then(() => { if (!sospeso && contenuto() !== scritto) segnaDaSalvare(); });
}

async function manda(mandato, keepalive) {
  esito.dice("Salvo…");
  let risposta, detto;
  try {
    risposta = await fetch(modulo.dataset.salvataggio, {
      method: "POST",
      body: mandato.corpo,
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
      redirect: "error",
      keepalive,
      signal: AbortSignal.timeout(TEMPO),
    });
    detto = risposta.headers.get("Content-Type")?.includes("json") ? await risposta.json() : null;
  } catch {
    return riprova("rete");
  }
  if (risposta.status >= 500 || risposta.status === 429) return riprova("portale");
  sospeso = null;
  riprove = 0;
  scritto = mandato.contenuto;
  aggiornaImpronte(detto?.impronte ?? {});
  tuttoSalvo = esito.racconta(risposta.status, detto) && contenuto() === scritto;
  if (detto?.alle) segueIlResto();
  // Rows ticked to be removed wait for the button.
  if (tuttoSalvo && !modulo.querySelector('[name$="--elimina"]:checked')) modulo.dispatchEvent(new Event("salvato", { bubbles: true }));
}

async function segueIlResto() {
  await aggiorna(() => contenuto() === scritto, (prendi) => {
    const pari = contenuto() === scritto;
    prendi();
    if (pari) scritto = contenuto(); // with the fields of new rows, still blank
  });
}

function riprova(causa) {
  const tra = RIPROVE[Math.min(riprove, RIPROVE.length - 1)];
  riprove += 1;
  tuttoSalvo = false;
  esito.ritenta(causa, tra);
  programma(tra * 1000);
}

function aggiornaImpronte(impronte) {
  for (const [nome, valore] of Object.entries(impronte)) {
    let nascosto = modulo.querySelector(`input[type=hidden][name="${CSS.escape(nome)}"]`);
    if (!nascosto) {
      nascosto = Object.assign(document.createElement("input"), { type: "hidden", name: nome });
      modulo.append(nascosto);
    }
    nascosto.value = valore;
  }
}

function segnaDaSalvare(quando = Number(modulo.dataset.attesa)) {
  if (contenuto() === scritto) return;
  tuttoSalvo = false;
  if (!inCorso) esito.dice("Modifiche non ancora salvate");
  if (!sospeso) programma(quando);
}

// Before the button sends the page, what is on its way arrives: the page would take what it saved itself for another's.
async function primaDelPulsante(evento) {
  if (passa) return;
  clearTimeout(attesa);
  if (!inCorso && !sospeso) return;
  evento.preventDefault();
  if (saluta) return;
  saluta = true;
  await inCorso;
  if (sospeso) await salva();
  saluta = false;
  clearTimeout(attesa);
  passa = true; // who presses again, without an answer, sends the page all the same
  if (sospeso) return esito.ferma();
  modulo.requestSubmit(evento.submitter);
}

if (modulo) {
  modulo.addEventListener("input", () => { passa = false; segnaDaSalvare(); });
  modulo.addEventListener("change", () => segnaDaSalvare(Math.min(LASCIATO, Number(modulo.dataset.attesa))));
  modulo.addEventListener("submit", primaDelPulsante);
  window.addEventListener("online", () => { if (sospeso) salva(); });
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) passa = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") salva({ keepalive: true }); });
}
