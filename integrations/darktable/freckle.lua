--[[ freckle in darktable: photos are exported, retouched, and come back beside the original.

Targets of the export module: "edit in freckle" waits for the editor, "retouch with freckle"
applies a preset. The result is imported and grouped with its original.
]]

local dt = require "darktable"

local WINDOWS = package.config:sub(1, 1) == "\\"
local SLASH = WINDOWS and "\\" or "/"
local CANCELLED = 1

dt.preferences.register("freckle", "command", "string", "freckle: command",
  "name or whole path of the program", os.getenv("FRECKLE") or "freckle")
dt.preferences.register("freckle", "preset", "string", "freckle: preset",
  "what 'retouch with freckle' applies; `freckle presets` lists them", "natural")

-- One argument for the shell, whatever is in it.
local function quoted(text)
  if WINDOWS then
    return '"' .. text:gsub('"', "") .. '"' -- no file's name has one there
  end
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

-- Where a result goes: beside the original, under a name that is not taken.
local function place(image, exported)
  local stem = image.filename:gsub("%.[^.]*$", "")
  local ending = exported:match("%.[^./\\]*$") or ".tif"
  local path, number = image.path .. SLASH .. stem .. "-freckle" .. ending, 2
  while exists(path) do
    path = image.path .. SLASH .. stem .. "-freckle-" .. number .. ending
    number = number + 1
  end
  return path
end

local function command(words)
  for k, word in ipairs(words) do words[k] = quoted(word) end
  local line = table.concat(words, " ")
  return WINDOWS and '"' .. line .. '"' or line -- cmd takes the outer quotes away
end

-- Run freckle on every exported file, and take in what comes back.
local function finish(images, words)
  local done = 0
  for image, exported in pairs(images) do
    local result = place(image, exported)
    local code = dt.control.execute(command(words(exported, result)))
    os.remove(exported)
    if code == 0 and exists(result) then
      dt.database.import(result):group_with(image)
      done = done + 1
    elseif code ~= CANCELLED then
      dt.print_error("freckle: " .. image.filename .. " failed with exit code " .. tostring(code))
      dt.print("freckle could not retouch " .. image.filename)
    end
  end
  dt.print("freckle: " .. done .. " photo(s) retouched")
end

local function program()
  return dt.preferences.read("freckle", "command", "string")
end

local function supported(_, format)
  return format.mime == "image/tiff" or format.mime == "image/jpeg" or format.mime == "image/png"
end

local function edit(_, images)
  finish(images, function(exported, result)
    return { program(), "edit", exported, "--output", result }
  end)
end

local function retouch(_, images)
  local preset = dt.preferences.read("freckle", "preset", "string")
  finish(images, function(exported, result)
    return { program(), "retouch", exported, "--output", result, "--preset", preset, "--quiet" }
  end)
end

-- darktable exports into its temporary folder; all is done when the last one is there.
local function store() end

dt.register_storage("freckle_edit", "edit in freckle", store, edit, supported)
dt.register_storage("freckle_retouch", "retouch with freckle", store, retouch, supported)
