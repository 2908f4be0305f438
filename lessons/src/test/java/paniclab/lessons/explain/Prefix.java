package paniclab.lessons.explain;

/** What logs put around the lines of a process. */
enum Prefix {
  COMPOSE {
    @Override
    String line(int n, String s) {
      return ("web-1  | " + s).stripTrailing();
    }
  },
  COMPOSE_COLOURED {
    @Override
    String line(int n, String s) {
      return "\u001B[36mapi_1     |\u001B[0m " + s;
    }
  },
  CRI {
    @Override
    String line(int n, String s) {
      return "2026-11-26T04:00:" + two(n) + "." + (100000000 + n) + "Z stderr F " + s;
    }
  },
  DOCKER_TIMES {
    @Override
    String line(int n, String s) {
      return "2026-11-26T04:00:" + two(n) + "." + (100000000 + n) + "Z " + s;
    }
  },
  KUBECTL {
    @Override
    String line(int n, String s) {
      return "[pod/shop-7d9f8c6b5-xk2lp/api] " + s;
    }
  },
  STERN {
    @Override
    String line(int n, String s) {
      return "shop-7d9f8c6b5-xk2lp api " + s;
    }
  },
  /** The journal drops empty lines. */
  JOURNAL {
    @Override
    String line(int n, String s) {
      return s.isEmpty() ? "" : "Nov 26 04:00:" + two(n) + " node-3 shop[4711]: " + s + "\n";
    }

    @Override
    String end() {
      return "";
    }
  },
  JOURNAL_ISO {
    @Override
    String line(int n, String s) {
      return "2026-11-26T04:00:" + two(n) + "+0100 node-3 shop[4711]: " + s;
    }
  },
  JOURNAL_EXPORT {
    @Override
    String line(int n, String s) {
      return "__CURSOR=s=1;i=" + n + "\n_PID=4711\nPRIORITY=6\nMESSAGE=" + s + "\n";
    }
  },
  SYSLOG {
    @Override
    String line(int n, String s) {
      return "<27>Nov  6 04:00:" + two(n) + " node-3 shop[4711]: " + s.replace("\t", "#011");
    }
  },
  SYSLOG_5424 {
    @Override
    String line(int n, String s) {
      return "<27>1 2026-11-26T04:00:" + two(n) + ".123Z node-3 shop 4711 - - " + s;
    }
  },
  HEROKU {
    @Override
    String line(int n, String s) {
      return "2026-11-26T04:00:" + two(n) + ".123456+00:00 app[web.1]: " + s;
    }
  },
  ACTIONS {
    @Override
    String line(int n, String s) {
      return "2026-11-26T04:00:" + two(n) + ".1234567Z " + s;
    }
  },
  TS {
    @Override
    String line(int n, String s) {
      return "Nov 26 04:00:" + two(n) + " " + s;
    }
  },
  BRACKETS {
    @Override
    String line(int n, String s) {
      return "[2026-11-26 04:00:" + two(n) + ",123] [stderr] " + s;
    }
  },
  FOREMAN {
    @Override
    String line(int n, String s) {
      return "04:00:" + two(n) + " web.1  | " + s;
    }
  },
  HOME_MADE {
    @Override
    String line(int n, String s) {
      return "shop@eu-west-1 #" + (n + 1) + " >> " + s;
    }
  },
  INDENTED {
    @Override
    String line(int n, String s) {
      return s.isEmpty() ? s : "    " + s;
    }
  },
  DOCKER_JSON {
    @Override
    String line(int n, String s) {
      return "{\"log\":\""
          + json(s)
          + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-26T04:00:"
          + two(n)
          + "Z\"}";
    }
  },
  JOURNAL_JSON {
    @Override
    String line(int n, String s) {
      return "{\"__CURSOR\":\"s=1;i="
          + n
          + "\",\"_PID\":\"4711\",\"PRIORITY\":\"6\",\"MESSAGE\":\""
          + json(s)
          + "\"}";
    }
  },
  CLOUD_JSON {
    @Override
    String line(int n, String s) {
      return "{\"severity\":\"ERROR\",\"labels\":{\"a\":[1,{\"b\":\"}\"}]},\"textPayload\":\""
          + json(s)
          + "\",\"insertId\":"
          + n
          + "}";
    }
  },
  ECS_JSON {
    @Override
    String line(int n, String s) {
      return "{\"@timestamp\":\"2026-11-26T04:00:"
          + two(n)
          + "Z\",\"message\":\""
          + json(s)
          + "\",\"kubernetes\":{\"pod\":{\"name\":\"shop-1\"}}}";
    }
  },
  TEST_JSON {
    @Override
    String line(int n, String s) {
      return "{\"Time\":\"2026-11-26T04:00:"
          + two(n)
          + "Z\",\"Action\":\"output\",\"Package\":\"example.com/sum\",\"Output\":\""
          + json(s)
          + "\\n\"}";
    }
  };

  abstract String line(int n, String s);

  boolean isKnown() {
    return this != HOME_MADE;
  }

  String end() {
    return "\n";
  }

  String put(String text) {
    StringBuilder b = new StringBuilder();
    int n = 0;
    for (String s : text.lines().toList()) {
      b.append(line(n++, s)).append(end());
    }
    return b.toString();
  }

  private static String two(int n) {
    int seconds = n / 40 % 60;
    return (seconds < 10 ? "0" : "") + seconds;
  }

  private static String json(String s) {
    return s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t").replace("\r", "\\r");
  }
}
