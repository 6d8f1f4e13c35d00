package palette.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import palette.reward.History;

/** The epochs of a fit in a manifest. */
public final class SavedHistory {
  private SavedHistory() {}

  /** Writes them. */
  public static void put(ObjectNode into, History history) {
    var described = into.putObject("history").put("best", history.best());
    if (history.interrupted()) described.put("interrupted", true);
    var epochs = described.putArray("epochs");
    for (var e : history.epochs()) put(epochs.addObject().put("epoch", e.epoch()), e);
  }

  private static void put(ObjectNode epoch, History.Epoch e) {
    putFinite(epoch, "trainLoss", e.trainLoss());
    putFinite(epoch, "validationLoss", e.validationLoss());
    putFinite(epoch, "validationAccuracy", e.validationAccuracy());
    epoch.put("seconds", e.seconds());
  }

  // JSON has no NaN; what was not measured is left out.
  private static void putFinite(ObjectNode into, String name, double value) {
    if (Double.isFinite(value)) into.put(name, value);
  }

  /** Reads them. */
  public static History of(Manifest manifest) {
    var history = manifest.at("history");
    var epochs = history.list("epochs").stream().map(SavedHistory::epoch).toList();
    int best = history.whole("best");
    if (best < 1 || best > epochs.size()) throw manifest.bad("'best' among the epochs", "" + best);
    return new History(epochs, best, history.has("interrupted") && history.flag("interrupted"));
  }

  private static History.Epoch epoch(Manifest e) {
    return new History.Epoch(
        e.whole("epoch"),
        e.realOrNaN("trainLoss"),
        e.realOrNaN("validationLoss"),
        e.realOrNaN("validationAccuracy"),
        e.real("seconds"));
  }
}
