// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined before they run
/**
 * A slider, with its value and a Play button, that walks through the frames of a chart.
 *
 * @param {{ label: string }} control
 * @param {{ label: string }[]} frames
 * @param {(i: number) => void} show draws frame i, and calls `refresh` with it
 * @returns {{ row: HTMLElement, refresh: (i: number) => void }}
 */
function frameSlider(control, frames, show) {
  const last = frames.length - 1;
  const value = element("output", { style: "min-width:4em;padding:0;font-weight:600;color:inherit" });
  const range = element("input", {
    type: "range",
    min: 0,
    max: last,
    "aria-label": control.label,
    style: "flex:1;min-width:8em;max-width:28em;margin:0;accent-color:#0072B2",
  });
  const play = element("button", { type: "button", style: "font:inherit;min-width:6em;cursor:pointer" });
  const row = element(
    "div",
    { style: "display:flex;flex-wrap:wrap;align-items:center;gap:.3em .7em;margin:.3em 0" },
    element("span", {}, `${control.label} =`),
    value,
    range,
    play,
  );

  let timer;
  function pause() {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "▶ Play";
  }
  // Nothing moves by itself: only this button starts it, and the slider or the button stops it.
  play.addEventListener("click", () => {
    if (timer) return pause();
    play.textContent = "❚❚ Pause";
    if (Number(range.value) === last) show(0);
    timer = setInterval(
      () => (Number(range.value) < last && row.isConnected ? show(Number(range.value) + 1) : pause()),
      Math.min(600, Math.max(100, 5000 / frames.length)),
    );
  });
  range.addEventListener("input", () => {
    pause();
    show(Number(range.value));
  });
  pause();

  function refresh(i) {
    range.value = String(i);
    range.setAttribute("aria-valuetext", frames[i].label);
    value.textContent = frames[i].label;
  }
  return { row, refresh };
}

/**
 * Radio buttons, one for each frame of a chart.
 *
 * @param {{ label: string }} control
 * @param {{ label: string }[]} frames
 * @param {(i: number) => void} show
 * @returns {{ row: HTMLElement, refresh: (i: number) => void }}
 */
function frameChoice(control, frames, show) {
  // Buttons of one name form one group in the whole page, and the same chart may be there twice.
  const name = `choice-${Math.random()}`;
  const radios = frames.map(() => element("input", { type: "radio", name }));
  radios.forEach((radio, i) => {
    radio.addEventListener("change", () => show(i));
  });
  const labels = frames.map((frame, i) =>
    element("label", { style: "margin-right:1.2em;white-space:nowrap" }, radios[i], ` ${frame.label}`),
  );
  const legend = element("legend", { style: "float:left;padding:0 1em 0 0" }, `${control.label}:`);
  const row = element("fieldset", { style: "border:0;padding:0;margin:.3em 0" }, legend, ...labels);
  return {
    row,
    refresh: (i) => {
      radios[i].checked = true;
    },
  };
}
