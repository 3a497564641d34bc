// Before the page is drawn: dark where the person's system is, unless they chose otherwise.
const root = document.documentElement;
if (root.dataset.theme === "system") {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
}
