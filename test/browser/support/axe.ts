import { source, type AxeResults, type RunOptions } from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { THEMES, WIDTHS } from './browser.ts';

/** The rules of those below whose answer depends on colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** WCAG 2.2 up to AA, with axe's own good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Waits until the page has its heading and everything that it reads. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => document.querySelector('.loading') === null);
}

/** The new colours are there once the page has been drawn with them. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      }),
  );
}

/** Rules that the page breaks as it stands, with the elements; `rules` asks for some only. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated by the tool: the page's own content policy would refuse a script tag.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const runOnly: RunOptions['runOnly'] =
    rules === undefined ? { type: 'tag', values: TAGS } : { type: 'rule', values: [...rules] };
  return page.evaluate(
    async (options) => {
      // The script that was evaluated put `axe` there.
      const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
      const result = await axe.run(options);
      return result.violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} (${node.failureSummary ?? ''})`).join(' | ')}`,
      );
    },
    { runOnly, resultTypes: ['violations'] } satisfies RunOptions,
  );
}

/** Boxes whose content runs out at the side, over whatever stands beside them. */
function spilling(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')]
      .filter((element) => {
        const { display, overflowX } = getComputedStyle(element);
        if (
          element.tagName === 'SELECT' ||
          display.startsWith('inline') ||
          overflowX !== 'visible' ||
          element.clientWidth <= 1
        )
          return false;
        return element.scrollWidth > element.clientWidth + 1;
      })
      .map(
        (element) =>
          `${element.tagName}.${element.className} ${element.scrollWidth} > ${element.clientWidth}: ${element.innerText.slice(0, 60)}`,
      ),
  );
}

/**
 * Looks at the page at both widths and in both themes: no rule is broken, and nothing runs out of the window sideways.
 * A theme changes colours and nothing else, so that the second one is asked for the rules about colours.
 */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    await drawn(page);
    // The whole page at once: what the fixed navigation covers at some place of scrolling is no fault of the page.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    for (const [index, colorScheme] of THEMES.entries()) {
      const rules = index === 0 ? undefined : COLOUR_RULES;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await drawn(page);
      expect(await violations(page, rules), `${where}, ${width}, ${colorScheme}`).to.deep.equal([]);
    }
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond, `${where}, ${width}: pixels beyond the window`).to.be.at.most(0);
    expect(await spilling(page), `${where}, ${width}: wider than the box they stand in`).to.deep.equal([]);
    await page.setViewportSize(size);
  }
}
