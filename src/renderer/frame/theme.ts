import { createTheme, type MantineColorsTuple } from "@mantine/core";

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
  primaryShade: { light: 7, dark: 7 },
  colors: { ink },
  fontFamily: interfaceFont,
  headings: { fontFamily: interfaceFont, fontWeight: "600" },
  defaultRadius: "sm",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  respectReducedMotion: true,
  cursorType: "pointer",
});
