package paniclab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void anExpressionIsShown() {
    try (Session session =
        new Session(WorkerCommand.likeThis(), new Messages(Locale.ENGLISH), _ -> {})) {
      CellResult result = session.execute(1, 1, "1+1");
      CellResult.Ok ok = assertInstanceOf(CellResult.Ok.class, result);
      assertEquals("2", ok.value().orElseThrow().text());
    }
  }
}
