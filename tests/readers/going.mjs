// How the drivers get about: as people do, who wait until a page is there and go once more where it went by itself.

// A page that asks whether to leave what is still on its way to the file: left, since the driver looks into the file.
export function leaves(page) {
  page.on("dialog", (asked) => asked.accept().catch(() => {}));
}

// To an address. A page that is just loading itself anew, after what was saved, breaks off the first going.
export async function go(page, address) {
  for (let tries = 0; ; tries++) {
    try {
      return await page.goto(address, { waitUntil: "domcontentloaded" });
    } catch (error) {
      if (tries === 2 || !/ERR_ABORTED|interrupted by another navigation/.test(error.message)) throw error;
      await page.waitForTimeout(300);
    }
  }
}

// Until a page is there and listens to keys: its script runs before this event.
export const arrived = (page, address) => page.waitForURL(address, { waitUntil: "domcontentloaded" });
