/** The words of the native menus and dialogs. */
export type Words = {
  readonly file: string;
  readonly addNotes: string;
  readonly addFolder: string;
  readonly notes: string;
  readonly models: string;
  readonly save: string;
  readonly saveInto: string;
  readonly settings: string;
  readonly about: string;
  readonly edit: string;
  readonly view: string;
  readonly window: string;
  readonly cannotStart: string;
};

const english: Words = {
  file: "File",
  addNotes: "Add notes…",
  addFolder: "Add a folder…",
  notes: "Notes",
  models: "Models and adapters (GGUF)",
  save: "Save the export",
  saveInto: "Choose a folder for the export",
  settings: "Settings…",
  about: "About Notegrain",
  edit: "Edit",
  view: "View",
  window: "Window",
  cannotStart: "Notegrain cannot start",
};

const chinese: Words = {
  file: "文件",
  addNotes: "添加病历…",
  addFolder: "添加文件夹…",
  notes: "病历",
  models: "模型和适配器（GGUF）",
  save: "保存导出文件",
  saveInto: "选择导出文件夹",
  settings: "设置…",
  about: "关于 Notegrain",
  edit: "编辑",
  view: "视图",
  window: "窗口",
  cannotStart: "Notegrain 无法启动",
};

/** @param locale such as "zh-CN" */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith("zh") ? chinese : english;
}
