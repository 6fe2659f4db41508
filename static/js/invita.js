// The name that is proposed is of the address that is proposed: with another address it goes away, and with the first it comes
// back. A name that somebody typed is left as it is.

const email = document.querySelector("[data-proposta]");
const nomi = email ? [...email.form.querySelectorAll("[name=nome], [name=cognome]")] : [];
const proposti = new Map(nomi.map((campo) => [campo, campo.defaultValue]));

function segui() {
  const suo = email.value.trim().toLowerCase() === email.dataset.proposta.toLowerCase();
  const [lasciato, messo] = suo ? ["", (campo) => proposti.get(campo)] : [null, () => ""];
  const nonToccati = nomi.every((campo) => campo.value === (lasciato ?? proposti.get(campo)));
  if (nonToccati) for (const campo of nomi) campo.value = messo(campo);
}

if (email?.dataset.proposta) {
  email.addEventListener("input", segui);
  if (email.defaultValue === email.dataset.proposta) segui(); // somebody may have been quicker than this file
}
