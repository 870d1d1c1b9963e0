import { writeDocument } from '../../pipeline/write-document.ts';
import { useDocumentStore } from '../document-store.ts';
import { LINK_CHARS_MAX, packLink } from './share-link.ts';

export interface SharedDocument {
  /** The whole address; null when the graph is too large for one. */
  readonly link: string | null;
  readonly chars: number;
  readonly charsMax: number;
  /** Names of files that its sources read: who opens the link gives their own. */
  readonly files: readonly string[];
}

/** What a share of the document on the screen is. Nothing leaves the page. */
export async function shareDocument(): Promise<SharedDocument> {
  const { document } = useDocumentStore.getState();
  const hash = await packLink(writeDocument(document));
  const files = document.nodes.flatMap(({ config }) =>
    typeof config['fileName'] === 'string' && config['fileName'] !== '' ? [config['fileName']] : [],
  );
  const link = hash.length > LINK_CHARS_MAX ? null : new URL(hash, pageAddress()).href;
  return { link, chars: (link ?? hash).length, charsMax: LINK_CHARS_MAX, files: [...new Set(files)] };
}

export interface EmbedChoices {
  readonly plays: boolean;
}

/** The address of the same graph, to be shown in a frame of another page. */
export function embedAddress(link: string, { plays }: EmbedChoices): string {
  const url = new URL(link);
  url.searchParams.set('embed', '1');
  if (plays) url.searchParams.set('autoplay', '1');
  return url.href;
}

/** A frame for another page. The name is a stranger's text there, too. */
export function embedCode(link: string, choices: EmbedChoices): string {
  const { document } = useDocumentStore.getState();
  const title = `${document.name} in Tidemark`;
  return `<iframe src="${escaped(embedAddress(link, choices))}" title="${escaped(title)}" width="100%" height="480"></iframe>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** Without what is about this visit only. */
function pageAddress(): URL {
  const url = new URL(location.href);
  url.search = '';
  url.hash = '';
  return url;
}
