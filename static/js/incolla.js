// A paste from Word brings its table as HTML too, where a cell keeps its own line ends: it goes in as tab-separated cells,
// quoted as Excel does. Without a table, or without this file, the plain text goes in.

const cella = (td) => {
  const testo = td.innerText.replace(/\u00a0/g, " ").replace(/\r\n?/g, "\n").replace(/\n{2,}/g, "\n").trim();
  return /[\t\n"]/.test(testo) ? `"${testo.replaceAll('"', '""')}"` : testo;
};

// innerText knows line ends only of what is laid out.
function comeTesto(tabella) {
  const fuori = document.createElement("div");
  fuori.className = "visually-hidden";
  fuori.append(tabella);
  document.body.append(fuori);
  const righe = [...tabella.rows].map((riga) => [...riga.cells].map(cella).join("\t"));
  fuori.remove();
  return righe.join("\n");
}

for (const area of document.querySelectorAll("textarea[data-incolla-tabella]")) {
  area.addEventListener("paste", (evento) => {
    const html = evento.clipboardData?.getData("text/html") ?? "";
    const tabella = new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!tabella || tabella.querySelector("[colspan], [rowspan], script")) return;
    for (const altro of tabella.querySelectorAll("[style], [onload], [onerror], img, iframe")) {
      altro.removeAttribute("style");
      if (altro.matches("img, iframe")) altro.remove();
    }
    evento.preventDefault();
    area.setRangeText(comeTesto(document.adoptNode(tabella)), area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
