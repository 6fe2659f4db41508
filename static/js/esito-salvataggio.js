// What the page says of its savings, beside the buttons: a quiet line while all goes well, a loud one when it does not.

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
