import { readFileSync, writeFileSync } from "node:fs";

export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where the window was when it was last closed. */
export type WindowState = Partial<Rectangle> & {
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
};

const usual: WindowState = { width: 1280, height: 800, maximized: false };

/** Pixels of the window that must be on a screen, so that a person can take hold of it. */
const grip = 100;

/**
 * The window as it was left; in its usual size where the file is missing or makes no sense, and in the middle
 * where the screen that it was on is gone.
 * @param screens the work areas of the screens that are there now
 */
export function readWindowState(path: string, screens: readonly Rectangle[]): WindowState {
  let kept: Partial<Record<keyof WindowState, unknown>>;
  try {
    kept = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return usual;
  }
  const { x, y, width, height, maximized } = kept ?? {};
  if (!isLength(width) || !isLength(height)) return usual;
  const size = { width: Math.max(640, width), height: Math.max(480, height), maximized: maximized === true };
  if (!Number.isInteger(x) || !Number.isInteger(y)) return size;
  const place = { ...size, x: x as number, y: y as number };
  return screens.some((screen) => isReachable(place, screen)) ? place : size;
}

/** Keeps where the window is. A disk that refuses costs only the memory of it. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // The next start opens the window in its usual place.
  }
}

function isLength(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 20_000;
}

function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const isTitleOn = window.y >= screen.y && window.y < screen.y + screen.height - grip;
  return across >= grip && isTitleOn;
}
