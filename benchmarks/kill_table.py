"""What each command that writes is called with when it is ended."""

from typing import Final

COMMANDS: Final = {
    "retouch": "retouch {in} -o {to}/out.jpg --report {to}/report.json --heatmap {to}/heat.png",
    "blocks": "retouch {in} -o {to}/out.jpg --keep-blocks --sidecar",
    "compare": "retouch {in} -o {to}/out.png --compare {to}/compare.png",
    "export": "export {in} -o {to} --preset linkedin",
    "background": "background {in} -o {to}/out.png --color #ffffff --matte {to}/matte.png",
    "upscale": "upscale {in} -o {to}/out.jpg",
    "look": "look moody {in} -o {to}/out.jpg --recipe-out {to}/look.json --cube {to}/look.cube",
    "id": "id {in} -o {to}/out.png --country us --report {to}/id.json --sheet 10x15cm",
    "mask": "mask export {in} --recipe {recipe} --step 1 -o {to}/mask.png",
    "mask in": "mask import {gray} --recipe {recipe} --step 1 -o {to}/mask.json",
    "presets": "presets import {preset} -o {to}/preset.json",
    "guide": "style guide {in} -o {to}/guide.json",
    "pack": "style pack {guide} -o {to}/guide.zip",
    "learn": "style learn {in} {after} -o {to}/learned.json",
    "poster": "poster launch --portrait {in} -o {to}/out.png --save {to}/poster.json",
    "poster, print": "poster launch --portrait {in} -o {to}/out.pdf",
    "headshots": "headshots {in} -o {to} --size 300x400 --head fit",
    "batch": "batch {in} -o {to} --jobs 1 --report {to}/report --contact {to}/sheet.jpg",
    "watch": "watch {shoot} -o {to} --jobs 1 --idle 0.2 --report {to}/report",
    "demo": "demo {to} --photo {in}",
    "generate": "generate portrait -o {to}/out.png --engine http --url http://127.0.0.1:9/v1",
    "generator": "generate --engine http --url http://127.0.0.1:9/v1 --save",
    "publish": "publish {in} --to folder --at {to}",
    "account": "publish --to mastodon --at https://social.example --secret-file {secret} --save me",
    "backup": "backup {data} -o {to}/backup.tar",
    "restore": "restore {backup} {to}/data",
    "quota": "quota {to}/data local --quota 5GB",
    "mcp": "mcp --folder {shoot} --out {to}",
    "edit": "edit {in} --output {to}/out.jpg --no-browser",
}
"""What each command is called with; `{to}` is the folder that it writes to. `kill_server` has
`freckle serve`; `inspect` and `ops` write nothing."""
