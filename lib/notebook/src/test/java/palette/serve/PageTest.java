package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.family.PalA;
import palette.notebook.Scratch;
import palette.notebook.page.Site;
import palette.support.Home;

/** The page that {@code palette page} writes, used without a mouse, in a browser. */
class PageTest {
  /**
   * The lowest contrast of a text with what is behind it, by WCAG's formula: over 4.5 is AA. Each
   * colour is one that a canvas says, and the first that is not clear lies behind the text.
   */
  static final String CONTRAST =
      """
      (() => {
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgb = colour => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const light = c => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
          const v = c[i] / 255;
          return sum + part * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        }, 0);
        const behind = e => {
          if (e.classList.contains('number')) return rgb(getComputedStyle(e.previousSibling).fill);
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c[3] === 255) return c;
          }
          return [255, 255, 255, 255];
        };
        let least = [99, ''];
        for (const e of document.querySelectorAll('body *')) {
          const text = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
          if (!text || e.tagName === 'SCRIPT' || !e.getClientRects().length) continue;
          const style = getComputedStyle(e);
          const two = [light(rgb(e.closest('svg') ? style.fill : style.color)), light(behind(e))];
          const ratio = (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
          if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 80)];
        }
        return least.join(' ');
      })()
      """;

  @TempDir Path folder;

  private Path page() {
    var dir = folder.resolve("model");
    PalA.spec().prototypes(3).dimension(2).epochs(5).device("cpu").fit(Served.answers()).save(dir);
    var page = folder.resolve("page.html");
    var ran = Scratch.palette("page", dir.toString(), "--out", page.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo("palette: wrote " + page + "\n");
    return page;
  }

  @Test
  @Tag("slow")
  void itIsUsedByKeysAloneAndEachFocusIsSeen() throws Exception {
    try (var browser = new Browser(folder.resolve("browser"))) {
      browser.open(page().toUri().toString());
      var stops = new ArrayList<String>();
      for (int i = 0; i < 4; i++) {
        browser.press("Tab");
        stops.add(browser.say("document.activeElement.id"));
        assertThat(browser.say("getComputedStyle(document.activeElement).outlineStyle"))
            .isEqualTo("solid");
      }
      assertThat(stops).containsExactly("left", "right", "skip", "mine");
      browser.press("1");
      assertThat(browser.say("document.getElementById('said').children.length"))
          .as("out of the question")
          .isEqualTo("0");
      browser.say("document.getElementById('left').focus()");
      browser.press("1").press("2").press("Enter");
      assertThat(browser.say("document.getElementById('said').children.length")).isEqualTo("3");
      assertThat(browser.say("document.activeElement.id")).isEqualTo("left");
      browser.say("document.querySelector('#said button').focus()").isEmpty();
      browser.press("Enter");
      assertThat(browser.say("document.activeElement.getAttribute('aria-label')"))
          .startsWith("turn round: ");
      String nameless =
          "[...document.querySelectorAll('button, svg[role=img], input')].filter(e => !(e.textContent"
              + " || e.getAttribute('aria-label') || e.labels && e.labels.length)).length";
      assertThat(browser.say(nameless)).isEqualTo("0");
    }
  }

  @Test
  @Tag("slow")
  void everyWordStandsOutByDayAndByNight() throws Exception {
    try (var browser = new Browser(folder.resolve("browser"))) {
      browser.open(page().toUri().toString()).size(360, 740);
      for (int i = 0; i < 4; i++) browser.say("document.getElementById('left').click()");
      for (boolean dark : new boolean[] {false, true}) {
        String least = browser.dark(dark).say(CONTRAST);
        System.out.println("lowest contrast: " + least);
        assertThat(Double.parseDouble(least.split(" ")[0])).as(least).isGreaterThan(4.5);
        keep(browser, dark ? "page-dark.png" : "page-light.png");
      }
      assertThat(browser.say("document.documentElement.scrollWidth <= 360")).isEqualTo("true");
    }
  }

  @Test
  @Tag("slow")
  void aRoomThatKnowsNothingAsksAndShowsNoMap() throws Exception {
    var talk = Files.createDirectories(folder.resolve("talk"));
    Files.writeString(talk.resolve("statements.txt"), "tea\ncoffee\nmilk\nwater\n");
    try (var room = Classroom.open(talk.toString(), "--port", "0");
        var browser = new Browser(folder.resolve("browser"))) {
      browser.size(360, 740).open(room.link());
      browser.say("document.querySelector('#door button').click()");
      browser.until("document.body.className === 'blank'");
      for (int i = 0; i < 3; i++) browser.say("document.getElementById('left').click()");
      browser.until("document.getElementById('status').textContent.includes('has your 3 answers')");
      String shown = "document.getElementById('%s').checkVisibility()";
      assertThat(browser.say(String.format(shown, "map"))).isEqualTo("false");
      assertThat(browser.say(String.format(shown, "weights"))).isEqualTo("false");
      assertThat(browser.say(String.format(shown, "forget"))).isEqualTo("true");
      keep(browser, "class-blank.png");
    }
  }

  @Test
  @Tag("slow")
  void theSiteIsReadAndSearchedWithoutANetwork() throws Exception {
    var site = folder.resolve("site");
    Site.build(Home.resolve("."), site);
    try (var browser = new Browser(folder.resolve("browser"))) {
      browser.open(site.resolve("index.html").toUri().toString()).size(1000, 800);
      keep(browser, "site-start.png");
      browser.say("document.querySelector('[rel=next]').click()");
      browser.until("document.title === 'The course'");
      browser.say("document.querySelector('[name=q]').value = 'certificate hull'");
      browser.say("document.querySelector('form').submit()");
      browser.until("document.querySelectorAll('#found li').length > 1");
      keep(browser, "site-search.png");
      browser.say("document.querySelector('#found a').click()");
      browser.until(
          "document.querySelectorAll('.math').length > 0 && document.querySelectorAll('.katex').length > 0");
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark);
        keep(browser, dark ? "site-dark.png" : "site-light.png");
      }
    }
  }

  /** Keeps a picture where somebody wants to look at it. */
  static void keep(Browser browser, String name) throws Exception {
    String wanted = System.getProperty("palette.pictures");
    if (wanted != null) browser.picture(Files.createDirectories(Path.of(wanted)).resolve(name));
  }
}
