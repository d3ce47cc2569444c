@echo off
rem Open a file in freckle for a program that calls editors with the name of a file.
rem   freckle-edit.cmd FILE             the result lies beside it: NAME-freckle.ENDING
rem   freckle-edit.cmd --replace FILE   the result takes its place: for programs that hand over a copy
setlocal
set "replace="
if "%~1"=="--replace" (
  set "replace=yes"
  shift
)
if not exist "%~1" (
  echo usage: freckle-edit [--replace] FILE 1>&2
  exit /b 2
)
if not defined FRECKLE set "FRECKLE=freckle"
set "result=%~dpn1-freckle%~x1"
if defined replace set "result=%~dpn1-freckle-%RANDOM%%~x1"
if not defined replace if exist "%result%" (
  echo %result% is there already; move it away first. 1>&2
  exit /b 4
)
"%FRECKLE%" edit "%~f1" --output "%result%"
if errorlevel 1 exit /b %errorlevel%
if defined replace move /y "%result%" "%~f1" >nul
exit /b %errorlevel%
