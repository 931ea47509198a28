import {
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Kbd,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Radio,
  Tooltip,
} from "@mantine/core";
import classes from "./theme.module.css";

// One quiet ink-blue for what can be pressed; the hues of the entity families are for entities alone.
const ink: MantineColorsTuple = [
  "#eef3f8",
  "#dde6ef",
  "#b9cadc",
  "#92acc8",
  "#7193b7",
  "#5c83ad",
  "#4a739e",
  "#3a6089",
  "#2f5176",
  "#1f3f61",
];

const interfaceFont =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Mantine's theme for the app: system fonts, 14 px interface, calm corners. */
export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  colors: { ink },
  fontFamily: interfaceFont,
  headings: { fontFamily: interfaceFont, fontWeight: "620" },
  defaultRadius: "sm",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Modal: Modal.extend({
      classNames: { content: classes.modal, title: classes.modalTitle },
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.35 },
        // The window itself never scrolls, and the lock's style would have no nonce.
        lockScroll: false,
        // Mantine draws a <header>, which would be a second banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    }),
    // Inside the page's main landmark, where assistive technology expects all content.
    Popover: Popover.extend({ defaultProps: { portalProps: { target: "#main" } } }),
    Tooltip: Tooltip.extend({ defaultProps: { portalProps: { target: "#main" } } }),
    // A placeholder would be a child that a menu must not have.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Radio: Radio.extend({ classNames: { label: classes.choice, description: classes.description } }),
    Kbd: Kbd.extend({ classNames: { root: classes.key } }),
    Checkbox: Checkbox.extend({ classNames: { label: classes.choice } }),
  },
});

/**
 * The surfaces of the desk, in two themes. Every grey that carries words keeps 4.5:1 on every surface;
 * Mantine's own dimmed grey does not.
 */
export const surfaces: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fffefb",
    "--mantine-color-dimmed": "#5a5f66",
    "--mantine-color-placeholder": "#6b7077",
    "--mantine-color-error": "#b3261e",
    "--surface-page": "#fffefb",
    "--surface-pane": "#f6f4ef",
    "--surface-bar": "#f1eee7",
    "--surface-hover": "#ebe8e0",
    "--surface-selected": "#dfe8f1",
    "--line": "#dedad0",
    "--good": "#2b6e3f",
    "--bad": "#b3261e",
    "--caution": "#8a5300",
    "--hit": "#ffe49a",
  },
  dark: {
    "--mantine-color-body": "#1b1c1e",
    "--mantine-color-text": "#e2e0db",
    "--mantine-color-dimmed": "#a5a6a8",
    "--mantine-color-placeholder": "#909296",
    "--mantine-color-error": "#ff9b92",
    "--surface-page": "#1b1c1e",
    "--surface-pane": "#222325",
    "--surface-bar": "#26272a",
    "--surface-hover": "#2d2f32",
    "--surface-selected": "#2b3a4a",
    "--line": "#383a3e",
    "--good": "#7cc491",
    "--bad": "#ff9b92",
    "--caution": "#f0b45a",
    "--hit": "#66531a",
  },
});
