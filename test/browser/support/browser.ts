import chromium from '@sparticuz/chromium';
import { chromium as engine, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The two widths that every page is looked at: a phone held in one hand, and a desk. */
export const WIDTHS = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 900 },
} as const;
export type Width = keyof typeof WIDTHS;
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

let running: Promise<Browser> | undefined;

// Nothing here is drawn in three dimensions; a graphics card that is only imitated would cost more than all the rest.
chromium.setGraphicsMode = false;
/** The packaged arguments are for short-lived servers: with everything in one process, closing a window ends the browser. */
const ARGS = [...chromium.args.filter((argument) => argument !== '--single-process'), '--disable-gpu'];

/** The one browser of a test run: the Chromium that came with the packages, so that nothing needs to be installed. */
export function browser(): Promise<Browser> {
  running ??= chromium
    .executablePath()
    .then((executablePath) => engine.launch({ executablePath, args: ARGS, headless: true }));
  return running;
}

/** Ends the browser, if one was started. */
export async function closeBrowser(): Promise<void> {
  const started = running;
  running = undefined;
  await (await started)?.close();
}

export interface VisitorOptions {
  url: string;
  width?: Width;
  theme?: Theme;
}

/** Somebody at a window of their own, with cookies of their own. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What went wrong in the page by itself: uncaught errors and breaches of the content policy. */
  faults: string[];
}

/** Opens a window. Animations are off, so that what is seen does not depend on the moment. */
export async function openVisitor(options: VisitorOptions): Promise<Visitor> {
  const context = await (
    await browser()
  ).newContext({
    baseURL: options.url,
    viewport: WIDTHS[options.width ?? 'desk'],
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) {
      faults.push(message.text());
    }
  });
  return { context, page, faults };
}
