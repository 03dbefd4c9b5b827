/**
 * A chart that follows a computation: redrawn in place while its cell runs.
 */
import { randomUUID } from "node:crypto";
import type { Data } from "plotly.js-dist";
import { display } from "./display";
import { figureBundle } from "./figure";
import { makeFigure, type PlotLayout, type PlotOptions } from "./plot";

/** Draws the traces as they are now; `caption` is a line below the chart, such as how far the computation has come. */
export type Redraw = (data: Data[], caption?: string) => Promise<void>;

/**
 * A chart for a computation that takes a while: each call of what it returns draws the chart anew, in the same place.
 *
 * Await the calls: it is during the waiting that the kernel sends the picture and hears a wish to stop. The notebook
 * stores the last drawing only, like that of `plot`, so the last one should not depend on the time it took.
 *
 * @param layout - as for `plot`; fix the `range` of the axes, or they jump from drawing to drawing
 * @param options - as for `plot`, without frames
 * @returns the function that draws; the first call creates the chart
 * @throws TypeError or RangeError as `plot` does, when it draws
 * @see plot, for what is known beforehand
 * @example const draw = livePlot({}, { alt: "The loss falls." }); // await draw([{ y: losses }], "step 50 of 100")
 */
export function livePlot(
  layout: PlotLayout,
  options: Pick<PlotOptions, "alt" | "caption" | "height">,
): Redraw {
  const id = randomUUID();
  let isShown = false;
  return async (data, caption) => {
    const words = caption ?? options.caption;
    const figure = makeFigure(data, layout, { ...options, ...(words !== undefined && { caption: words }) });
    display(figureBundle(figure), { id, update: isShown });
    isShown = true;
    // A turn of the event loop: without it everything would be sent when the cell ends.
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
}
