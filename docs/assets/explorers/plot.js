// Pictures in the coordinates of the figures: 360 units wide.
import { LAST, svg, temperature } from "./core.js";

export const plot = (height, ...children) =>
  svg("svg", { class: "play-plot", viewBox: `0 0 360 ${height}`, "aria-hidden": true }, ...children);
export const path = (points, look) =>
  svg("path", { class: look, d: "M" + points.map((at) => at.map((x) => x.toFixed(2)).join(" ")).join("L") });
export const label = (x, y, text, look = "") => svg("text", { x, y, class: look }, text);
export const dot = () => svg("circle", { r: 4 });
export const move = (node, [x, y]) => node.setAttribute("transform", `translate(${x} ${y})`);

// A line along T, cold up to 1 and hot from there; `across` is the place above the dial.
export const across = (place) => 16 + (328 * place) / LAST;
export const strand = (point) =>
  ["cold", "hot"].map((look, half) =>
    path(Array.from({ length: 31 }, (_, i) => point(temperature(30 * half + i), across(30 * half + i))), look));
