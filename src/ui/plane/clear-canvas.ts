/** Empties a canvas of that size, in CSS pixels; `scale` pixels of its own to each. */
export function clearCanvas(context: CanvasRenderingContext2D, width: number, height: number, scale: number): void {
  const { canvas } = context;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
}
