import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";

/** The screens beside the desk. */
const beside = ["queue", "models", "examples", "evaluation", "settings", "about"] as const;

/** What the window shows. */
export type Route =
  | { readonly screen: "cases" | (typeof beside)[number] }
  | { readonly screen: "case"; readonly caseId: string };

/** The route as the part of the address after "#", so that Back and Forward work in both shells. */
export function routeToHash(route: Route): string {
  return route.screen === "case" ? `#/case/${encodeURIComponent(route.caseId)}` : `#/${route.screen}`;
}

/** The route that an address names; anything unknown is the case list. */
export function routeFromHash(hash: string): Route {
  const [screen = "", caseId = ""] = hash.replace(/^#\/?/, "").split("/");
  if (screen === "case" && caseId !== "") return { screen, caseId: decode(caseId) };
  const place = beside.find((one) => one === screen);
  if (place !== undefined) return { screen: place };
  return { screen: "cases" };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type RouteHandle = { readonly route: Route; go(route: Route): void };
const RouteContext = createContext<RouteHandle | null>(null);

/** Keeps the route and the address in step. */
export function RouteProvider(props: { readonly children: ReactNode }) {
  const [route, setRoute] = useState<Route>(() => routeFromHash(window.location.hash));
  useEffect(() => {
    const follow = () => setRoute(routeFromHash(window.location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const go = useCallback((next: Route) => {
    window.location.hash = routeToHash(next);
  }, []);
  const handle = useMemo(() => ({ route, go }), [route, go]);
  return <RouteContext value={handle}>{props.children}</RouteContext>;
}

/** Where the user is, and the way to elsewhere. */
export function useRoute(): RouteHandle {
  const handle = use(RouteContext);
  if (handle === null) throw new Error("useRoute needs a RouteProvider above it");
  return handle;
}
