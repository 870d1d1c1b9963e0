import { Suspense, useEffect } from 'react';
import type { ReactElement } from 'react';
import { needsBanner, useDocuments } from '../../app/documents/documents-state.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { lazyPart } from '../theme/lazy-part.tsx';
import { notify } from '../theme/notify.ts';

const Banners = lazyPart(async () => (await import('./document-banners.tsx')).DocumentBanners);
const Draft = lazyPart(async () => (await import('../branches/draft-banner.tsx')).DraftBanner);

/** Says what keeps the document from being saved or changed, should there be something. */
export function DocumentBanner(): ReactElement | null {
  const isNeeded = useDocuments(needsBanner);
  const isDraft = useDocumentStore((state) => state.kept !== null);
  useNews();
  useRefusals();
  if (!isNeeded && !isDraft) return null;
  return <Suspense fallback={null}>{isDraft ? <Draft /> : <Banners />}</Suspense>;
}

function useNews(): void {
  const news = useDocuments((state) => state.news);
  useEffect(() => {
    if (news === null) return;
    notify('error', news);
    useDocuments.setState({ news: null });
  }, [news]);
}

/** Why an edit was refused. What the banner says, which stays, is told once. */
function useRefusals(): void {
  useEffect(() => {
    let told: string | null = null;
    return useDocumentStore.subscribe(({ refusal, refused, refusedFor }, before) => {
      if (refusal === null) told = null;
      if (refused === before.refused || refusedFor === null || refusedFor === told) return;
      told = refusal;
      notify('error', 'Nothing was changed.', refusedFor);
    });
  }, []);
}
