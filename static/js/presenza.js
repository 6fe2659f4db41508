// Who else has this page open: the browser says every twenty seconds that it is here, and in which block one writes.

const segno = document.querySelector("[data-presenza]");
const OGNI = 20_000;
const gettone = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let orologio;
let dove = "";
let finito = false; // nobody to be told to any more

function bloccoAttivo() {
  const attivo = document.activeElement;
  return attivo?.matches("form input, form select, form textarea") ? attivo.closest("[data-blocco]")?.dataset.blocco ?? "" : "";
}

async function batti() {
  clearTimeout(orologio);
  if (finito || document.visibilityState === "hidden") return;
  dove = bloccoAttivo();
  const corpo = new URLSearchParams({ blocco: dove, csrfmiddlewaretoken: gettone });
  try {
    const risposta = await fetch(segno.dataset.presenza, { method: "POST", body: corpo, redirect: "error" });
    finito = [401, 403, 404].includes(risposta.status);
    mostra(risposta.ok ? (await risposta.json()).altri : []);
  } catch {
    mostra([]); // without network nobody knows
  }
  if (!finito) orologio = setTimeout(batti, OGNI);
}

function mostra(altri) {
  const frasi = altri.map(({ nome, dove: scrive }) => (scrive ? `${nome} (sta scrivendo in «${scrive}»)` : nome));
  const verbo = altri.length === 1 ? "è" : "sono";
  const testo = altri.length ? `Anche ${frasi.join(", ").replace(/, ([^,]*)$/, " e $1")} ${verbo} in questa pagina` : "";
  if (segno.textContent !== testo) segno.textContent = testo;
  for (const vecchio of document.querySelectorAll(".presenza-blocco")) vecchio.remove();
  for (const { nome, blocco } of altri) accanto(nome, blocco && document.getElementById(blocco));
}

function accanto(nome, blocco) {
  if (!blocco) return;
  const nota = Object.assign(document.createElement("p"), { className: "presenza-blocco", textContent: `${nome} sta scrivendo qui` });
  blocco.prepend(nota);
}

if (segno) {
  batti();
  document.addEventListener("visibilitychange", batti);
  document.addEventListener("focusin", () => { if (bloccoAttivo() !== dove) batti(); });
}
