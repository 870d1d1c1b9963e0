import type { Page } from '@playwright/test';

/** What a reader of the screen would complain of, found by where things lie and by nothing else. */

/** Controls and figures of the panels; what scrolls in its own box is judged by what is in view of it. */
const THINGS = 'button, input, select, [role="radio"], [role="tab"], [data-clock], [data-source^="ledger:sources"]';

/**
 * Names of controls that a pointer cannot reach although they are shown: cut by the window or by a box that does not scroll,
 * or covered by something else. The page itself must not scroll to the side.
 */
export async function hiddenControls(page: Page): Promise<readonly string[]> {
  return page.evaluate((selector) => {
    const nameOf = (element: Element): string =>
      element.getAttribute('aria-label') ??
      element.getAttribute('data-clock') ??
      element.textContent.trim().slice(0, 40);
    const scrolls = (box: Element, along: 'x' | 'y'): boolean => {
      const style = getComputedStyle(box);
      return /auto|scroll/.test(along === 'x' ? style.overflowX : style.overflowY);
    };
    /** In view of every box around it that scrolls: else the user brings it into view. */
    const isScrolledAway = (element: Element): boolean => {
      const own = element.getBoundingClientRect();
      // The page itself must not scroll at all.
      for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement) {
        const frame = box.getBoundingClientRect();
        if (scrolls(box, 'y') && (own.bottom > frame.bottom + 1 || own.top < frame.top - 1)) return true;
        if (scrolls(box, 'x') && (own.right > frame.right + 1 || own.left < frame.left - 1)) return true;
      }
      return false;
    };
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls to the side');
    for (const element of document.querySelectorAll(selector)) {
      const own = element.getBoundingClientRect();
      // Nothing to see: in a panel that is not shown, or for screen readers alone.
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || own.width <= 2) continue;
      if (element.closest('[aria-hidden="true"]') !== null || isScrolledAway(element)) continue;
      const inWindow =
        own.left >= -1 && own.top >= -1 && own.right <= window.innerWidth + 1 && own.bottom <= window.innerHeight + 1;
      const corners = [
        [own.left + 3, own.top + own.height / 2],
        [own.right - 3, own.top + own.height / 2],
        [own.left + own.width / 2, own.top + own.height / 2],
      ] as const;
      const isHit = corners.every(([x, y]) => {
        return element.contains(document.elementFromPoint(x, y));
      });
      if (!inWindow || !isHit) found.push(nameOf(element));
    }
    return found;
  }, THINGS);
}

/** Texts in the heads of charts and of the plane that are cut, or that lie over another one. What has no room there may be absent. */
export async function cutHeads(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const head of document.querySelectorAll('[data-chart] header, [data-plane] > header')) {
      const room = head.getBoundingClientRect();
      const things = [...head.querySelectorAll('h3, button, select, span')].filter((thing) => {
        const { width, height } = thing.getBoundingClientRect();
        const isText = thing.children.length === 0 && thing.textContent !== '';
        const isShown = thing.checkVisibility({ opacityProperty: true }) && width > 2 && height > 2;
        return isShown && (isText || thing.matches('h3, button, select')) && thing.closest('[aria-hidden]') === null;
      });
      things.forEach((thing, i) => {
        const own = thing.getBoundingClientRect();
        const name = `${head.parentElement?.getAttribute('data-chart') ?? 'plane'}: ${thing.textContent.slice(0, 30)}`;
        if (own.left < room.left - 1 || own.right > room.right + 5 || own.bottom > room.bottom + 1) found.push(name);
        if (thing.matches('h3, span') && thing.scrollWidth > thing.clientWidth + 1 && thing.clientWidth > 0)
          found.push(name);
        const isOver = things.slice(i + 1).some((other) => {
          if (thing.contains(other) || other.contains(thing)) return false;
          const { left, right, top, bottom } = other.getBoundingClientRect();
          return own.left < right - 1 && own.right > left + 1 && own.top < bottom - 1 && own.bottom > top + 1;
        });
        if (isOver) found.push(`${name} lies over another`);
      });
    }
    return found;
  });
}

/** Names of nodes that something lies over, or that are not wholly in the canvas. */
export async function coveredNodes(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (canvas === undefined) return ['no canvas'];
    return [...document.querySelectorAll('article')].flatMap((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      const isIn = left >= canvas.left && top >= canvas.top && right <= canvas.right && bottom <= canvas.bottom;
      const corners = [
        [left + 6, top + 6],
        [right - 6, top + 6],
        [left + 6, bottom - 6],
        [right - 6, bottom - 6],
      ] as const;
      const isFree = corners.every(([x, y]) => node.contains(document.elementFromPoint(x, y)));
      return isIn && isFree ? [] : [node.getAttribute('aria-label') ?? ''];
    });
  });
}

/** Texts on edges that lie over a node. */
export async function labelsOverNodes(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const nodes = [...document.querySelectorAll('article')].map((node) => node.getBoundingClientRect());
    return [...document.querySelectorAll('.react-flow__edges text')].flatMap((label) => {
      const own = label.getBoundingClientRect();
      if (own.width === 0) return [];
      // The ends of a letter's box are empty.
      const isOver = nodes.some(
        (node) =>
          own.left + 2 < node.right &&
          own.right - 2 > node.left &&
          own.top + 2 < node.bottom &&
          own.bottom - 2 > node.top,
      );
      return isOver ? [label.textContent] : [];
    });
  });
}
