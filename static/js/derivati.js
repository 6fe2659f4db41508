// What the page derives from what is saved (computed cells, totals, states, what is missing) follows each saving: the page is
// asked for anew, and of it is taken what is marked `data-derivato`, and blocks where there is nothing to type. Fields are
// never touched.

const BILANCIO = "bilancio"; // it follows what is typed too: see bilancio.js

// `scambia` runs what changes the page: who calls knows then which fields are new, and that nothing was typed meanwhile.
export async function aggiorna(tuttoSalvo, scambia) {
  let nuova;
  try {
    const risposta = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!risposta.ok) return;
    nuova = new DOMParser().parseFromString(await risposta.text(), "text/html");
  } catch {
    return; // the figures stay as they were until the next saving
  }
  scambia(() => prendi(nuova, tuttoSalvo));
}

function prendi(nuova, tuttoSalvo) {
  for (const vecchio of document.querySelectorAll("[data-derivato]")) {
    const nome = vecchio.dataset.derivato;
    if (nome !== BILANCIO || tuttoSalvo()) segue(vecchio, cerca(nuova, "derivato", nome));
  }
  for (const blocco of document.querySelectorAll("[data-contenuto]")) {
    if (!blocco.querySelector("input, select, textarea")) segue(blocco, cerca(nuova, "contenuto", blocco.dataset.contenuto));
  }
  for (const tabella of document.querySelectorAll("[data-righe-derivate]")) aggiungiRighe(tabella, nuova);
  for (const scelta of document.querySelectorAll("[data-blocco] select")) aggiungiScelte(scelta, nuova);
}

function segue(vecchio, fresco) {
  const lasciato = vecchio.contains(document.activeElement);
  if (fresco && !lasciato && vecchio.innerHTML !== fresco.innerHTML) vecchio.replaceChildren(...fresco.childNodes);
}

function cerca(pagina, segno, nome) {
  return pagina.querySelector(`[data-${segno}="${CSS.escape(nome)}"]`);
}

// An action written in one table has its row in the others.
function aggiungiRighe(tabella, nuova) {
  const fresca = cerca(nuova, "righe-derivate", tabella.dataset.righeDerivate);
  const note = new Set([...tabella.querySelectorAll("[data-riga]")].map((riga) => riga.dataset.riga));
  for (const riga of fresca?.querySelectorAll("[data-riga]") ?? []) {
    if (!note.has(riga.dataset.riga)) tabella.append(riga);
  }
}

// And it can be chosen where rows are chosen: in any row of the same block, since new ones have a name of their own.
function aggiungiScelte(scelta, nuova) {
  const campo = scelta.name.slice(scelta.name.lastIndexOf("-"));
  const blocco = cerca(nuova, "blocco", scelta.closest("[data-blocco]").dataset.blocco);
  const fresca = blocco?.querySelector(`select[name$="${CSS.escape(campo)}"]`);
  const note = new Set([...scelta.options].map((voce) => voce.value));
  for (const voce of fresca?.options ?? []) {
    if (!note.has(voce.value)) scelta.append(new Option(voce.text, voce.value)); // a copy would be chosen as the other is
  }
}
