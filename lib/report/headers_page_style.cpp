#include "report/headers_page.hpp"

namespace relaytool::report {

std::string_view headers_style() {
    return R"css(:root{--error:#a4121b;--warning:#7a4a00;--ok:#176437;--bar:#3568b5;--rail:#8a8a8a}
@media screen and (prefers-color-scheme:dark){:root{--error:#ff9d97;--warning:#f0c060;--ok:#7fd99b;--bar:#8ab4f8;--rail:#8f8f8f}}
body{overflow-wrap:anywhere}
main,footer{max-width:60rem;margin:0 auto;padding:1rem}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em}
h1{font-size:1.6rem;margin-top:.4em}h2{font-size:1.3rem}h3{font-size:1.1rem}h4,h5,h6{font-size:1rem}
p{margin:.4em 0}
table{table-layout:fixed}
th{white-space:normal}
thead th{color:var(--quiet);font-weight:600}
tr{break-inside:avoid}
code{font:.9em/1.45 ui-monospace,Consolas,Menlo,monospace;background:var(--sheet);padding:.1em .3em;border-radius:.2em;
-webkit-box-decoration-break:clone;box-decoration-break:clone}
.quiet{color:var(--quiet)}
p.quiet,.when,.legend,details{font-size:.9rem}
.cut{color:var(--quiet);font-style:italic}
.message th{width:5.5rem}.words th:first-child{width:17%}.words th:nth-child(2){width:33%}
.proofs th:nth-child(1){width:14%}.proofs th:nth-child(2){width:18%}.proofs th:nth-child(3){width:26%}
.mark{display:inline-block;border:1.5px solid;border-radius:.3em;padding:0 .4em;font-size:.8rem;line-height:1.4;
font-weight:600;white-space:nowrap;vertical-align:.1em}
.mark.error{color:var(--error)}.mark.warning{color:var(--warning)}.mark.ok{color:var(--ok)}
.mark.info,.mark.vouched{color:var(--quiet)}.mark.claimed{color:var(--warning);border-style:dashed}
.way{list-style:none;margin:1rem 0 0;padding:0}
.way>li{position:relative;display:grid;grid-template-columns:8rem 1fr;column-gap:4rem;padding-bottom:1.1rem;
break-inside:avoid}
.way>li::before{content:"";position:absolute;left:9.9rem;top:.6rem;bottom:-.6rem;border-left:3px solid var(--rail)}
.way>li.claimed::before{border-left-style:dotted}
.way>li:last-child::before{display:none}
.dot{position:absolute;left:9.1rem;top:0;width:1.7rem;height:1.7rem;box-sizing:border-box;border:2.5px solid var(--rail);
border-radius:50%;background:var(--page);text-align:center;font:700 .75rem/1.4rem system-ui,sans-serif;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.claimed>.dot{border-style:dotted;border-color:var(--warning)}
.end>.dot{left:9.45rem;top:.3rem;width:1rem;height:1rem;background:var(--rail)}
.when{text-align:right;font-variant-numeric:tabular-nums}
.when>*{display:block}
.when>.mark{display:inline-block;white-space:normal}
.day,.delay{color:var(--quiet)}
.bar{display:block;margin-top:.2rem}
.bar rect{fill:var(--bar)}
.what{grid-column:2;min-width:0}
.what p{margin:0}
.way>li.border{display:block;padding:0 0 1.1rem 11.2rem}
.border::after{content:"";position:absolute;left:0;right:0;top:.85rem;border-top:2.5px dashed var(--ink)}
.border>span{position:relative;z-index:1;display:inline-block;background:var(--page);border:2px solid;border-radius:1em;
padding:.1em 1em;font-size:.9rem;font-weight:600;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.gap>span{border-style:dotted;font-weight:400;color:var(--quiet)}
.border.gap::after{display:none}
summary{cursor:pointer;color:var(--quiet)}
details code{display:block;padding:.4em .6em;margin-top:.2em}
.legend{margin:.2rem 0 0;padding:0;list-style:none}
.evidence{padding-left:1.2rem}.evidence li{margin:.4em 0}
.finding{border-left:4px solid var(--rail);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}
.finding>:first-child{margin-top:.2em}
.finding li{margin:.35em 0}
.overview li{margin:.5em 0}
article+article{border-top:3px solid var(--line);margin-top:3rem}
.inside{border:1.5px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;margin-top:2rem}
@media(max-width:40rem){
.way>li{grid-template-columns:1fr;padding-left:2.6rem}
.way>li::before{left:.75rem}
.dot{left:0}.end>.dot{left:.3rem}
.when{text-align:left}
.when>*{display:inline;margin-right:.5em}
.when>.bar{display:block;max-width:12rem}
.what{grid-column:1}
.way>li.border{padding-left:2rem}
th,td{padding:.3rem .4rem}
.message th{width:4.8rem}
.proofs,.proofs tbody{display:block}
.proofs thead{position:absolute;clip-path:inset(50%);overflow:hidden;width:1px;height:1px}
.proofs tr{display:grid;grid-template-columns:6rem 1fr;border-bottom:1px solid var(--line);padding:.3rem 0}
.proofs th,.proofs td{border:0;padding:.05rem .4rem}
.proofs th:nth-child(n){width:auto}
.proofs td+td{grid-column:2}
.proofs td:empty{display:none}
.inside{padding:.5rem}
}
@media print{
body{font-size:11pt}
main{max-width:none;padding:0}
summary{display:none}
article+article{break-before:page;border:0;margin:0}
h1,h2,h3,h4,h5,h6{break-after:avoid}
}
)css";
}

} // namespace relaytool::report
