// While one types: about how many lines the text takes, set as the PDF sets it (the exact count comes with the saving), and
// how many characters it is of.

const ATTESA = 250;
const INTERLINEA = 1.35; // as in conciliazione/stampa

function stima(area) {
  const foglio = document.createElement("div");
  Object.assign(foglio.style, {
    position: "absolute",
    visibility: "hidden",
    width: `${area.dataset.righeLarghezza}mm`,
    font: `400 ${area.dataset.righeCorpo}pt/${INTERLINEA} "Titillium Web", "DejaVu Sans", sans-serif`,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    hyphens: "manual",
  });
  foglio.textContent = area.value.replace(/\s+$/, "") || "";
  document.body.append(foglio);
  const alta = foglio.getBoundingClientRect().height;
  const riga = parseFloat(getComputedStyle(foglio).lineHeight);
  foglio.remove();
  return Math.round(alta / riga);
}

function racconta(area) {
  const detto = document.querySelector(`[data-righe-di="${CSS.escape(area.id)}"]`);
  if (!detto) return;
  const massime = Number(area.dataset.righeMassime);
  const righe = stima(area);
  detto.textContent = `circa ${righe} di ${massime} righe; salva per contarle esattamente`;
  detto.classList.toggle("campo-righe-troppe", righe > massime);
}

function conta(area) {
  const detto = document.querySelector(`[data-caratteri-di="${CSS.escape(area.id)}"]`);
  if (!detto) return;
  const massimi = Number(area.dataset.caratteriMassimi);
  const caratteri = [...area.value].length; // as Python counts them: an emoji is one
  detto.textContent = `${caratteri} di ${massimi} caratteri`;
  detto.classList.toggle("campo-righe-troppe", caratteri > massimi);
}

const attese = new Map();
document.addEventListener("input", ({ target }) => {
  const { righeMassime, caratteriMassimi } = target.dataset ?? {};
  if (!righeMassime && !caratteriMassimi) return;
  clearTimeout(attese.get(target));
  attese.set(
    target,
    setTimeout(() => {
      if (righeMassime) racconta(target);
      if (caratteriMassimi) conta(target);
    }, ATTESA),
  );
});
