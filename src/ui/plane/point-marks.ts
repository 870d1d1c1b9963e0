import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
} from '../../app/plane-updates.ts';
import type { Palette } from './palette.ts';

/** Marks of a smaller radius have finer lines, so that many of them do not hide each other. */
const SMALL = 3;

/** Draws the mark of a fate around (x, y): shape and colour say the same. Right inputs of joins are square where they are round. */
export function drawMark(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { fate, isSquare }: { readonly fate: number; readonly isSquare: boolean },
  { x, y, r }: { readonly x: number; readonly y: number; readonly r: number },
): void {
  context.setLineDash([]);
  context.lineCap = 'round';
  context.beginPath();
  switch (fate) {
    case FATE_ON_TIME:
      if (isSquare) context.rect(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
      else context.arc(x, y, r, 0, 7);
      context.fillStyle = isSquare ? palette.ink : palette.ontime;
      context.fill();
      return;
    case FATE_LATE_KEPT:
      if (isSquare) context.rect(x - r * 0.85, y - r * 0.85, 1.7 * r, 1.7 * r);
      else context.arc(x, y, r, 0, 7);
      hollow(context, palette, r);
      return;
    case FATE_REFIRED: {
      const wide = r + Math.min(2, r / 2);
      context.moveTo(x, y - wide);
      context.lineTo(x + wide, y);
      context.lineTo(x, y + wide);
      context.lineTo(x - wide, y);
      context.closePath();
      hollow(context, palette, r);
      return;
    }
    case FATE_DROPPED:
    case FATE_REFUSED:
    case FATE_REJECTED:
      context.moveTo(x - r, y - r);
      context.lineTo(x + r, y + r);
      context.moveTo(x + r, y - r);
      context.lineTo(x - r, y + r);
      context.lineWidth = r < SMALL ? 1.8 : 2.4;
      context.strokeStyle = fate === FATE_REJECTED ? palette.ink : palette.dropped;
      context.stroke();
      if (isSquare) {
        context.lineWidth = 1;
        context.strokeRect(x - r - 2, y - r - 2, 2 * r + 4, 2 * r + 4);
      }
  }
}

function hollow(context: CanvasRenderingContext2D, palette: Palette, r: number): void {
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = r < SMALL ? 1.4 : 2;
  context.strokeStyle = palette.late;
  context.stroke();
}
