import { loadAnalysis } from '../../app/analysis/load-analysis.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { fileStem } from '../../app/file-stem.ts';
import { notify } from '../theme/notify.ts';
import { saveFile } from '../theme/save-file.ts';
import { coloursOfPage } from './colours.ts';
import type { Picture } from './graph-picture.ts';
import { graphPicture } from './graph-picture.ts';

/** Pixels a side that browsers still draw, and how many are drawn for one of the canvas where they allow. */
const LARGEST_PX = 8192;
const FINENESS = 2;

export type PictureFormat = 'svg' | 'png';

/** Saves the graph as it stands, in the colours of the page. */
export async function savePicture(format: PictureFormat): Promise<void> {
  try {
    const { document } = useDocumentStore.getState();
    const { analyse } = await loadAnalysis();
    const picture = graphPicture({ document, ...analyse(document), colours: coloursOfPage(), detail: 'texts' });
    const name = `${fileStem(document.name)}.${format}`;
    const svg = new Blob([picture.svg], { type: 'image/svg+xml' });
    saveFile(name, format === 'svg' ? svg : await painted(picture, svg));
    notify('success', `Saved ${name}.`);
  } catch (error) {
    notify('error', 'The picture was not saved.', error instanceof Error ? error.message : String(error));
  }
}

async function painted({ width, height }: Picture, svg: Blob): Promise<Blob> {
  const scale = Math.min(FINENESS, LARGEST_PX / Math.max(width, height));
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser could not draw it.')) : resolve(blob)));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
