; Offers Notegrain under "Open with" for text notes without becoming their default program.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Applications\Notegrain.exe\shell\open\command" "" '"$INSTDIR\Notegrain.exe" "%1"'
  WriteRegStr SHCTX "Software\Classes\Applications\Notegrain.exe\SupportedTypes" ".txt" ""
  WriteRegStr SHCTX "Software\Classes\Applications\Notegrain.exe\SupportedTypes" ".text" ""
  WriteRegStr SHCTX "Software\Classes\Applications\Notegrain.exe\SupportedTypes" ".md" ""
  WriteRegStr SHCTX "Software\Classes\Applications\Notegrain.exe\SupportedTypes" ".note" ""
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Applications\Notegrain.exe"
!macroend
