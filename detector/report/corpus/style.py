"""The style of a summary's page, for everything inside `.detector-corpus`: light, dark, narrow, printed."""

STYLE = """
.detector-corpus { --paper: #fff; --ink: #1d2025; --faint: #5c6370; --line: #d8dade; --soft: #f3f4f6; --mark: #b85c00;
  --calm: #2b6c9e; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif;
  max-width: 62em; margin: 0 auto; padding: 1em; box-sizing: border-box; overflow-wrap: break-word; }
@media (prefers-color-scheme: dark) { .detector-corpus { --paper: #17191d; --ink: #e4e6ea; --faint: #a3a9b4;
  --line: #3a3f48; --soft: #202329; --mark: #ffa032; --calm: #6fb1e0; } }
.detector-corpus h1 { font-size: 1.4em; margin: .2em 0; }
.detector-corpus h2 { font-size: 1.1em; margin: 2em 0 .4em; border-top: 1px solid var(--line); padding-top: .8em; }
.detector-corpus p { margin: .4em 0; max-width: 46em; }
.detector-corpus a { color: var(--calm); }
.detector-corpus .faint { color: var(--faint); }
.detector-corpus .cards { display: flex; flex-wrap: wrap; gap: .8em; margin: 1em 0; padding: 0; list-style: none; }
.detector-corpus .cards li { flex: 1 1 12em; background: var(--soft); border: 1px solid var(--line); border-radius: 6px;
  padding: .6em .9em; }
.detector-corpus .cards b { display: block; font-size: 1.7em; line-height: 1.2; }
.detector-corpus table { border-collapse: collapse; width: 100%; color: inherit; background: none; margin: .6em 0; }
.detector-corpus caption { text-align: left; color: var(--faint); padding: .2em 0; }
.detector-corpus th, .detector-corpus td { text-align: left; padding: .25em .8em .25em 0; vertical-align: top;
  border-bottom: 1px solid var(--line); font-weight: normal; }
.detector-corpus thead th { color: var(--faint); vertical-align: bottom; }
.detector-corpus thead th.number { min-width: 4em; }
.detector-corpus .long { overflow-wrap: anywhere; min-width: 7em; }
.detector-corpus .number { text-align: right; font-variant-numeric: tabular-nums; }
.detector-corpus td.number, .detector-corpus td.share span { white-space: nowrap; }
.detector-corpus td.share { white-space: normal; }
.detector-corpus .picture { width: 30%; min-width: 6em; padding-right: 0; }
.detector-corpus svg.chart { display: block; overflow: visible; margin: 1em 0 .4em 3.4em;
  width: calc(100% - 3.9em); font-size: 12px; }
.detector-corpus svg.row { display: block; overflow: visible; width: 100%; }
.detector-corpus svg text { fill: var(--faint); }
.detector-corpus .grid { stroke: var(--line); }
.detector-corpus .bar { fill: var(--mark); }
.detector-corpus .expected { stroke: var(--ink); stroke-dasharray: 5 3; stroke-width: 1.5; }
.detector-corpus polyline { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
.detector-corpus .articles { stroke: var(--mark); }
.detector-corpus .human { stroke: var(--calm); stroke-dasharray: 5 3; }
.detector-corpus .whisker { stroke: var(--faint); stroke-width: 2; }
.detector-corpus circle { fill: var(--mark); }
.detector-corpus .key { display: flex; flex-wrap: wrap; gap: 0 1.4em; margin: 0 0 0 3.4em; color: var(--faint); }
.detector-corpus .key svg { width: 2em; height: 10px; margin-right: .4em; }
.detector-corpus .both { display: block; height: .5em; min-width: 1px; }
.detector-corpus .both.flagged { background: var(--mark); }
.detector-corpus .both.others { background: var(--calm); }
.detector-corpus details summary { cursor: pointer; color: var(--calm); }
@media (max-width: 40em) { .detector-corpus { padding: .7em; }
  .detector-corpus .wide { display: none; }
  .detector-corpus th, .detector-corpus td { padding-right: .5em; } }
@media print { .detector-corpus { --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; --soft: #fff;
  --mark: #b85c00; --calm: #2b6c9e; max-width: none; font-size: 10pt; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
  .detector-corpus h2 { break-after: avoid; } .detector-corpus tr, .detector-corpus svg { break-inside: avoid; } }
"""

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Corpus report of detector</title>
<style>body { margin: 0; } @media (prefers-color-scheme: dark) { body { background: #17191d; } }
@media print { body { background: #fff; } }</style>
</head>
<body>
"""
