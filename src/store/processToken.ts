const own = `${process.pid} ${Math.round(performance.timeOrigin)}`;

/** Names this process, in a way that a later one with the same number does not share. */
export function processToken(): string {
  return own;
}

/** Whether the process of a token is still there. A stranger that got its number since counts as it. */
export function isProcessAlive(token: string): boolean {
  const pid = Number.parseInt(token, 10);
  if (pid === process.pid) return token === own;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
