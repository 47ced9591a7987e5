// Holds bills of materials against the schema of CycloneDX, which the library that its
// makers keep carries with it, and says what does not fit.
//
//	NODE_PATH=.tools/bills/node_modules node .ci/bills/valid.js out/release/*.cdx.json
const fs = require("fs");
const { Validation } = require("@cyclonedx/cyclonedx-library");

(async () => {
  for (const name of process.argv.slice(2)) {
    const text = fs.readFileSync(name, "utf8");
    const bill = JSON.parse(text);
    const wrong = await new Validation.JsonStrictValidator(bill.specVersion).validate(text);
    if (wrong !== null) {
      throw new Error(`${name} does not fit the schema: ${JSON.stringify(wrong)}`);
    }
    if (!bill.components.some((c) => c.name === "github.com/spf13/cobra" && c.version && c.hashes)) {
      throw new Error(`${name} does not name a module that the program is made of`);
    }
  }
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
