#define _GNU_SOURCE
#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include <readline/history.h>
#include <readline/readline.h>

static cr_line_handler line_handler;
static cr_event_handler redisplay_handler, clear_screen_handler, cover_handler;
static cr_complete_handler complete_handler;
static cr_more_handler more_handler;
static char *current_prompt;

void cr_set_locale(void) {
  setlocale(LC_ALL, "");
  // Without a UTF-8 character type readline counts bytes, and Chinese turns to garbage.
  // In the environment too: readline asks it again.
  if (MB_CUR_MAX == 1 && setenv("LC_ALL", "C.UTF-8", 1) == 0) setlocale(LC_ALL, "");
}

// Display

/// Length of the sequence that would steer a terminal or reorder text, if one stands here; else 0.
/// Readline draws everything else that is not text in a harmless way.
static int steering(const unsigned char *text) {
  if (text[0] == 0xC2 && text[1] >= 0x80 && text[1] <= 0x9F) return 2;                  // C1
  if (text[0] == 0xD8 && text[1] == 0x9C) return 2;                                     // U+061C
  if (text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF) return 3;                  // U+FEFF
  if (text[0] != 0xE2) return 0;
  if (text[1] == 0x80 && (text[2] == 0x8E || text[2] == 0x8F)) return 3;                // U+200E, U+200F
  if (text[1] == 0x80 && text[2] >= 0xA8 && text[2] <= 0xAE) return 3;                  // U+2028 to U+202E
  if (text[1] == 0x81 && text[2] >= 0xA0 && text[2] <= 0xAF) return 3;                  // U+2060 to U+206F
  return 0;
}

/// Takes such sequences out of the line before it is drawn, whichever way they came in.
static void disarm_line(void) {
  for (int i = 0; i < rl_end;) {
    int length = steering((const unsigned char *)rl_line_buffer + i);
    if (length == 0) {
      i++;
      continue;
    }
    rl_delete_text(i, i + length);
    if (rl_point >= i + length)
      rl_point -= length;
    else if (rl_point > i)
      rl_point = i;
  }
}

static bool is_quiet;

static void redisplay(void) {
  if (is_quiet) return;
  disarm_line();
  rl_redisplay();
  if (redisplay_handler) redisplay_handler();
}

static int clear_screen(int count, int key) {
  (void)count;
  (void)key;
  if (clear_screen_handler) clear_screen_handler();
  return 0;
}

static int cover(int count, int key) {
  (void)count;
  (void)key;
  if (cover_handler) cover_handler();
  return 0;
}

// Completion

static char **candidates;
static char **descriptions;

static void free_list(char **list) {
  if (!list) return;
  for (char **item = list; *item; item++) free(*item);
  free(list);
}

static void read_candidates(char *text) {
  free_list(candidates);
  free_list(descriptions);
  candidates = descriptions = NULL;
  if (!text || !*text) {
    free(text);
    return;
  }
  size_t count = 1;
  for (const char *c = text; *c; c++) count += *c == '\n';
  candidates = calloc(count + 1, sizeof *candidates);
  descriptions = calloc(count + 1, sizeof *descriptions);
  size_t i = 0;
  char *rest = text, *line;
  while (candidates && descriptions && (line = strsep(&rest, "\n"))) {
    char *tab = strchr(line, '\t');
    if (tab) *tab = '\0';
    candidates[i] = strdup(line);
    descriptions[i] = strdup(tab ? tab + 1 : "");
    i++;
  }
  free(text);
}

static char *next_candidate(const char *text, int state) {
  static size_t index;
  if (state == 0) index = 0;
  while (candidates && candidates[index]) {
    const char *candidate = candidates[index++];
    if (strncmp(candidate, text, strlen(text)) == 0) return strdup(candidate);
  }
  return NULL;
}

static char **attempt_completion(const char *text, int start, int end) {
  (void)start;
  rl_attempted_completion_over = 1;
  if (!complete_handler) return NULL;
  char *before = strndup(rl_line_buffer, (size_t)end);
  read_candidates(complete_handler(before ? before : ""));
  free(before);
  return candidates ? rl_completion_matches(text, next_candidate) : NULL;
}

/// Every completion is shown with what it is, as many as the screen holds.
static void display_matches(char **matches, int count, int longest) {
  (void)longest;
  int rows, columns;
  rl_get_screen_size(&rows, &columns);
  int most = rows > 6 ? rows - 3 : 3;
  fputc('\n', rl_outstream);
  for (int i = 1; i <= count && i <= most; i++) {
    const char *description = "";
    for (size_t j = 0; candidates && candidates[j]; j++)
      if (strcmp(candidates[j], matches[i]) == 0) description = descriptions[j];
    fprintf(rl_outstream, "  %s  %s\n", matches[i], description);
  }
  if (count > most && more_handler) {
    char *more = more_handler(count - most);
    fprintf(rl_outstream, "%s\n", more ? more : "");
    free(more);
  }
  rl_on_new_line();
}

// Life

// Between two lines readline gives the terminal back, and what is typed then is echoed across the screen. While a line
// is being dealt with it stays ours.
static bool keeps_terminal, has_terminal;

static void prepare_terminal(int meta) {
  if (!has_terminal) rl_prep_terminal(meta);
  has_terminal = true;
}

static void give_terminal_back(void) {
  if (keeps_terminal) return;
  rl_deprep_terminal();
  has_terminal = false;
}

static void line_done(char *line) {
  if (line_handler) line_handler(line);
  free(line);
}

void cr_start(const char *program, const char *prompt, cr_line_handler on_line, cr_event_handler on_redisplay,
              cr_event_handler on_clear_screen, cr_event_handler on_cover, cr_complete_handler complete,
              cr_more_handler more) {
  line_handler = on_line;
  redisplay_handler = on_redisplay;
  clear_screen_handler = on_clear_screen;
  cover_handler = on_cover;
  complete_handler = complete;
  more_handler = more;
  current_prompt = strdup(prompt);
  rl_readline_name = program;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  // Before the redisplay function is set, or readline takes the terminal for a dumb one.
  rl_initialize();
  rl_redisplay_function = redisplay;
  rl_prep_term_function = prepare_terminal;
  rl_deprep_term_function = give_terminal_back;
  rl_attempted_completion_function = attempt_completion;
  rl_completion_display_matches_hook = display_matches;
  rl_completer_word_break_characters = " ";
  rl_completion_append_character = ' ';
  // An edited history line is restored: what was typed over a command is not kept.
  rl_variable_bind("revert-all-at-newline", "on");
  rl_bind_key('L' & 0x1f, clear_screen);
  rl_bind_keyseq("\\eOQ", cover);
  rl_bind_keyseq("\\e[12~", cover);
  rl_bind_keyseq("\\e[[B", cover);
  rl_callback_handler_install(prompt, line_done);
}

void cr_read(void) {
  keeps_terminal = true;
  rl_callback_read_char();
  keeps_terminal = false;
}

void cr_stop(void) {
  if (!line_handler) return;
  line_handler = NULL;
  keeps_terminal = false;
  rl_callback_handler_remove();
  // Between two lines readline thinks that it has none to give back.
  if (has_terminal) give_terminal_back();
  free_list(candidates);
  free_list(descriptions);
  candidates = descriptions = NULL;
}

void cr_suspend(void) { give_terminal_back(); }

void cr_resume(void) { prepare_terminal(1); }

const char *cr_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }

void cr_drop_line(void) {
  rl_point = rl_end;
  rl_redisplay();
  // Ends a search, a pending argument or an undo list along with the line.
  rl_free_line_state();
  rl_callback_sigcleanup();
  fputs("^C\n", rl_outstream);
  rl_replace_line("", 1);
  rl_on_new_line();
  rl_redisplay_function();
}

static char *stashed;
static int stashed_point;

void cr_stash_line(void) {
  free(stashed);
  stashed = strdup(rl_line_buffer);
  stashed_point = rl_point;
  rl_replace_line("", 1);
  rl_point = 0;
}

void cr_unstash_line(void) {
  if (!stashed) return;
  // What was typed in the meantime comes after it.
  int length = (int)strlen(stashed);
  int point = rl_end > 0 ? length + rl_point : stashed_point;
  rl_point = 0;
  rl_insert_text(stashed);
  rl_point = point;
  free(stashed);
  stashed = NULL;
}

// Readline's own, which it exports without a header; where it did not, nothing would be forgotten.
extern int _rl_last_command_was_kill __attribute__((weak));

void cr_forget_kills(void) {
  // Its ring of killed text holds ten; there is no call that empties it.
  const int most_kills = 10;
  if (!&_rl_last_command_was_kill) return;
  char *line = strdup(rl_line_buffer);
  int point = rl_point;
  for (int i = 0; i < most_kills; i++) {
    rl_replace_line(" ", 1);
    _rl_last_command_was_kill = 0;
    rl_kill_text(0, 1);
  }
  _rl_last_command_was_kill = 0;
  rl_replace_line(line ? line : "", 1);
  rl_point = point;
  free(line);
}

void cr_set_prompt(const char *prompt) {
  free(current_prompt);
  current_prompt = strdup(prompt);
  rl_callback_handler_install(current_prompt, line_done);
}

void cr_set_prompt_unseen(const char *prompt) {
  is_quiet = true;
  cr_set_prompt(prompt);
  is_quiet = false;
}

void cr_change_prompt(const char *prompt) { rl_set_prompt(prompt); }

void cr_show_line(void) {
  rl_on_new_line();
  rl_redisplay_function();
}

// Screen

void cr_set_size(int rows, int columns) { rl_set_screen_size(rows, columns); }

bool cr_terminal_size(int *rows, int *columns) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

int cr_width(unsigned int scalar) {
  int width = wcwidth((wchar_t)scalar);
  return width < 0 ? 0 : width;
}

// History

void cr_history_add(const char *line) { add_history(line); }

int cr_history_load(const char *path) { return read_history(path); }

int cr_history_save(const char *path, int most) {
  mode_t before = umask(077);
  int result = write_history(path);
  if (result == 0) {
    history_truncate_file(path, most);
    if (chmod(path, S_IRUSR | S_IWUSR) != 0) result = errno;
  }
  umask(before);
  return result;
}

// Signals

static int signal_pipe[2] = {-1, -1};

static void note_signal(int number) {
  int saved = errno;
  char byte = (char)number;
  ssize_t ignored = write(signal_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

static void watch(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

int cr_watch_signals(void) {
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
  for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) watch(watched[i]);
  return signal_pipe[0];
}

void cr_stop_process(void) {
  // The default action, and not SIGSTOP: where no shell could wake the process again, the system leaves it running.
  signal(SIGTSTP, SIG_DFL);
  raise(SIGTSTP);
  watch(SIGTSTP);
}
