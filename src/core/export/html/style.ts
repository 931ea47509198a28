/**
 * The report's style sheet. A family of types is told by hue and by the form of its underline, so that the report also
 * reads in black and white; every tint keeps the text at a contrast of 7:1 or more.
 */
export const style = `
:root{color-scheme:light dark;--page:#fdfcf9;--ink:#1d1b16;--quiet:#4c4a44;--rule:#d8d4ca;
--problem:#fbe3dc;--medication:#dcecfb;--test:#e3f1dc;--care:#efe3fa;--person:#f6ecc9;--time:#d9f0ee}
@media (prefers-color-scheme:dark){:root{--page:#16171a;--ink:#f1efe9;--quiet:#dcd9d1;--rule:#3a3b40;
--problem:#52261b;--medication:#173a5c;--test:#24421a;--care:#3f2757;--person:#4a3d0d;--time:#12433f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:2rem 0 .5rem}
p.quiet,dl,figcaption{color:var(--quiet);font-size:.9rem}
.note{font:16px/2.1 Charter,"Iowan Old Style",Georgia,"Songti SC","Noto Serif CJK SC",serif;white-space:pre-wrap;overflow-wrap:anywhere;max-width:75ch;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);padding:1rem 0}
.entity{border-bottom:2px solid currentColor;padding:1px 1px 0;border-radius:2px 2px 0 0}
.entity.last::after{content:attr(data-short);font:600 .62em/1 system-ui,sans-serif;color:var(--quiet);margin-left:.25em;vertical-align:super;display:inline-block;white-space:nowrap;text-decoration:none}
.problem{background:var(--problem);border-bottom-style:solid}.medication{background:var(--medication);border-bottom-style:double;border-bottom-width:3px}
.test{background:var(--test);border-bottom-style:dotted}.care{background:var(--care);border-bottom-style:dashed}
.person{background:var(--person);border-bottom-width:1px}.time{background:var(--time);border-bottom-style:groove;border-bottom-width:3px}
.own{background:none}
.negated{text-decoration:underline dotted 2px;text-underline-offset:.2em}.uncertain{text-decoration:underline dashed 1px;text-underline-offset:.2em}
ul.summary,ul.legend{list-style:none;margin:0;padding:0}ul.legend{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin-bottom:.75rem}ul.summary li{padding:.15rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule);overflow-wrap:break-word}td.number{font-variant-numeric:tabular-nums;white-space:nowrap}
dt{float:left;clear:left;margin-right:.5rem}dd{margin:0;overflow-wrap:anywhere}dd::after{content:"";display:block;clear:left}
@media print{body{max-width:none;padding:0;font-size:11pt}.note{font-size:12pt}tr{break-inside:avoid}h2{break-after:avoid}.entity{print-color-adjust:exact}}
`;
