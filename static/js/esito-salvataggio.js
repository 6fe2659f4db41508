// What the page says of its savings, beside the buttons: a quiet line while all goes well, a loud one when it does not. A
// field that was not saved says why beside itself too, as after the button.

const PREMI = "Premi «Salva»";
const MOTIVI = {
  401: `l'accesso è scaduto. ${PREMI}, accedi, e ritrovi tutto quello che hai scritto.`,
  403: `qui non puoi più scrivere, o la pagina è rimasta aperta troppo a lungo. ${PREMI}: il testo ti viene ridato.`,
  404: `questa parte non è più nella scheda, o non è più tua. ${PREMI}: il testo ti viene ridato.`,
  409: `la scheda è stata presentata mentre scrivevi. ${PREMI}: il testo ti viene ridato.`,
  413: "quello che hai scritto è troppo perché si salvi in una volta. Accorcialo, o copialo da parte.",
};
const ALTRO = `il portale non ha accettato la pagina. Copia da parte quello che hai scritto, poi premi «Salva».`;
const CAUSE = {
  rete: "manca la connessione",
  portale: "il portale non risponde",
};

export class Esito {
  constructor(modulo) {
    this.modulo = modulo;
    this.quieto = modulo.querySelector("[data-esito=quieto]");
    this.forte = modulo.querySelector("[data-esito=forte]");
  }

  dice(testo) {
    this.quieto.textContent = testo;
  }

  grida(testo) {
    // The same words again would be read aloud again.
    if (this.forte.textContent !== testo) this.forte.textContent = testo;
  }

  // Returns whether all that was sent is saved.
  racconta(codice, detto) {
    if (detto?.errori || codice === 200) segna(this.modulo, detto?.errori ?? []);
    if (codice === 200 && detto?.esito === "salvato") {
      this.grida("");
      this.dice(`Salvato alle ${detto.alle}`);
      return true;
    }
    this.dice("Modifiche non ancora salvate");
    if (detto?.esito === "in parte") this.grida(inParte(detto));
    else this.grida(`Non sono riuscito a salvare: ${MOTIVI[codice] ?? ALTRO}`);
    return false;
  }

  ritenta(causa, tra) {
    this.dice("Modifiche non ancora salvate");
    this.grida(`Non sono riuscito a salvare: ${CAUSE[causa]}. Quello che hai scritto è ancora qui; riprovo da solo tra ${tra} secondi.`);
  }

  ferma() {
    this.forte.tabIndex = -1;
    this.forte.focus();
  }
}

function inParte({ alle, errori, conflitti }) {
  const contesi = conflitti.map(({ etichetta, chi }) => {
    const fatto = chi ? `${chi} ha cambiato lo stesso campo` : "lo stesso campo è stato cambiato in un'altra finestra";
    return `«${etichetta}» non è salvato: ${fatto}. ${PREMI} per scegliere.`;
  });
  const rifiutati = errori.map(({ etichetta, messaggio }) => `«${etichetta}» non è salvato: ${messaggio}`);
  return [...contesi, ...rifiutati, `Il resto della pagina è salvato alle ${alle}.`].join(" ");
}

// What the server writes at a field that it refuses, written and taken away here.

function segna(modulo, errori) {
  const sbagliati = new Map();
  for (const { id, messaggio } of errori) sbagliati.set(id, [...(sbagliati.get(id) ?? []), messaggio]);
  for (const vecchio of modulo.querySelectorAll(".campo-errore[id$=_error]")) {
    const id = vecchio.id.slice(0, -"_error".length);
    if (!sbagliati.has(id)) pulisci(document.getElementById(id), vecchio);
  }
  for (const [id, messaggi] of sbagliati) {
    const campo = document.getElementById(id);
    const intorno = campo?.closest(".campo, .campo-cella");
    if (intorno && modulo.contains(campo)) accanto(campo, intorno, messaggi);
  }
}

function accanto(campo, intorno, messaggi) {
  const id = `${campo.id}_error`;
  let detto = document.getElementById(id);
  if (!detto) {
    detto = Object.assign(document.createElement("div"), { id, className: "campo-errore" });
    intorno.append(detto);
  }
  const frasi = messaggi.map((testo) => Object.assign(document.createElement("p"), { textContent: testo }));
  if (detto.textContent.trim() !== messaggi.join("")) detto.replaceChildren(...frasi);
  intorno.classList.add("campo-errato");
  campo.setAttribute("aria-invalid", "true");
  const descritto = new Set((campo.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(id);
  campo.setAttribute("aria-describedby", [...descritto].join(" "));
}

function pulisci(campo, detto) {
  detto.closest(".campo-errato")?.classList.remove("campo-errato");
  detto.remove();
  if (!campo) return;
  campo.removeAttribute("aria-invalid");
  const descritto = (campo.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== detto.id);
  if (descritto.length) campo.setAttribute("aria-describedby", descritto.join(" "));
  else campo.removeAttribute("aria-describedby");
}
