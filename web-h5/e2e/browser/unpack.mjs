// Unpacks the carried Chromium into TMPDIR and says where it lies.
import chromium from '@sparticuz/chromium'

chromium.setGraphicsMode = false
process.stdout.write(await chromium.executablePath())
