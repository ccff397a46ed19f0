/* The arithmetic of tideover.kernels.compiled as plain C: what the bench holds numba against.
   Compiled with -O3 -march=native -ffp-contract=off; blocks of 64 loans side by side. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define B 64
#define I64 int64_t
#define LANES for (int k = 0; k < B; k++)

static inline I64 interest(I64 balance, I64 numerator, double inverse, double shift, I64 bias,
                           I64 denominator) {
  I64 quotient = (I64)((double)balance * ((double)numerator * inverse) + shift);
  I64 rest = (I64)((uint64_t)balance * (uint64_t)numerator + (uint64_t)bias -
                   (uint64_t)quotient * (uint64_t)denominator);
  quotient += rest >= denominator;
  quotient -= rest < 0;
  return quotient;
}

static void annuity(double *growth, double *weight, const I64 *rate, const I64 *first,
                    const I64 *count, const I64 *days, double inverse, I64 least, I64 most) {
  LANES { growth[k] = 1.0 + (double)(rate[k] * first[k]) * inverse; weight[k] = 1.0; }
  for (I64 line = 1; line < least; line++) {
    double factor = (double)days[line] * inverse;
    LANES {
      double step = 1.0 + (double)rate[k] * factor;
      weight[k] = weight[k] * step + 1.0;
      growth[k] *= step;
    }
  }
  for (I64 line = least > 1 ? least : 1; line < most; line++) {
    double factor = (double)days[line] * inverse;
    LANES {
      double step = 1.0 + (double)rate[k] * factor;
      int on = line < count[k];
      weight[k] = on ? weight[k] * step + 1.0 : weight[k];
      growth[k] = on ? growth[k] * step : growth[k];
    }
  }
}

static void level_lines(I64 *owed, I64 *cost, I64 *last, const I64 *level, const I64 *rate,
                        const I64 *first, const I64 *count, const I64 *days, double inverse,
                        double shift, I64 bias, I64 denominator, I64 least, I64 most) {
  LANES cost[k] = 0;
  if (least > 1) LANES {
    I64 due = interest(owed[k], rate[k] * first[k], inverse, shift, bias, denominator);
    I64 part = level[k] - due;
    owed[k] -= part < owed[k] ? part : owed[k];
    cost[k] += due;
  }
  for (I64 line = 1; line < least - 1; line++) {
    I64 length = days[line];
    LANES {
      I64 due = interest(owed[k], rate[k] * length, inverse, shift, bias, denominator);
      I64 part = level[k] - due;
      owed[k] -= part < owed[k] ? part : owed[k];
      cost[k] += due;
    }
  }
  for (I64 line = least - 1; line < most; line++) {
    I64 length = days[line];
    LANES {
      I64 due = interest(owed[k], rate[k] * (line ? length : first[k]), inverse, shift, bias,
                         denominator);
      int on = line < count[k], end = line == count[k] - 1;
      I64 part = level[k] - due;
      part = end || part > owed[k] ? owed[k] : part;
      last[k] = end ? part + due : last[k];
      owed[k] -= on ? part : 0;
      cost[k] += on ? due : 0;
    }
  }
}

/* Level loans by calendar, the annuity rounded half up: instalment, interest in all, last line. */
void level_totals(I64 blocks, const I64 *block, const I64 *principal, const I64 *rate,
                  const I64 *counts, const I64 *first, const I64 *days, I64 lines,
                  I64 denominator, I64 *out_level, I64 *out_cost, I64 *out_last) {
  double inverse = 1.0 / (double)denominator;
  I64 bias = denominator / 2;
  double shift = (double)bias / (double)denominator;
  for (I64 b = 0; b < blocks; b++) {
    I64 start = block[3 * b], stop = block[3 * b + 1];
    const I64 *period = days + block[3 * b + 2] * lines;
    I64 most = counts[start], least = counts[stop - 1];
    I64 owed[B], yearly[B], count[B], begin[B], level[B], cost[B], last[B];
    double growth[B], weight[B];
    LANES {
      I64 loan = start + k < stop ? start + k : stop - 1;
      owed[k] = principal[loan]; yearly[k] = rate[loan];
      count[k] = counts[loan]; begin[k] = first[loan];
    }
    annuity(growth, weight, yearly, begin, count, period, inverse, least, most);
    LANES level[k] = (I64)floor((double)owed[k] * growth[k] / weight[k] + 0.5);
    level_lines(owed, cost, last, level, yearly, begin, count, period, inverse, shift, bias,
                denominator, least, most);
    for (I64 k = 0; k < stop - start; k++) {
      out_level[start + k] = level[k]; out_cost[start + k] = cost[k]; out_last[start + k] = last[k];
    }
  }
}

#define D 12000000LL
#define HALF 6000000LL
#define INVERSE (1.0 / 12000000.0)

static void clearing(const I64 *principal, const I64 *rate, const I64 *count, const I64 *ones,
                     I64 *level, I64 *cost, I64 *last) {
  I64 most = count[0], least = count[B - 1];
  I64 left[B], tried[B], other_cost[B], other_last[B];
  double growth[B], weight[B];
  annuity(growth, weight, rate, ones, count, ones, INVERSE, least, most);
  LANES level[k] = (I64)floor((double)principal[k] * growth[k] / weight[k] + 0.5);
  memcpy(left, principal, sizeof left);
  level_lines(left, cost, last, level, rate, ones, count, ones, INVERSE, 0.5, HALF, D, least, most);
  LANES tried[k] = level[k] + (last[k] > level[k] ? 1 : -1);
  memcpy(left, principal, sizeof left);
  level_lines(left, other_cost, other_last, tried, rate, ones, count, ones, INVERSE, 0.5, HALF, D,
              least, most);
  LANES if (other_last[k] <= tried[k]) {
    level[k] = tried[k]; cost[k] = other_cost[k]; last[k] = other_last[k];
  }
  LANES if (count[k] == 1) level[k] = last[k];
}

static void worths(const I64 *principal, const I64 *rate, const I64 *count, const I64 *level,
                   I64 plans, double (*survives)[B], double (*lost)[B], double (*weight)[B],
                   double (*worth)[B]) {
  double due[B], owed[B];
  I64 left[B];
  memcpy(left, principal, sizeof left);
  for (I64 line = 0; line < count[0]; line++) {
    LANES {
      int on = line < count[k], end = line == count[k] - 1;
      I64 cost = interest(left[k], rate[k], INVERSE, 0.5, HALF, D);
      I64 part = level[k] - cost;
      part = end || part > left[k] ? left[k] : part;
      due[k] = (double)(part + cost); owed[k] = (double)left[k];
      left[k] -= on ? part : 0;
    }
    for (I64 p = 0; p < plans; p++) LANES {
      int on = line < count[k];
      double thinner = weight[p][k] * survives[p][k];
      double gained = (lost[p][k] * owed[k] + due[k]) * thinner;
      weight[p][k] = on ? thinner : weight[p][k];
      worth[p][k] += on ? gained : 0.0;
    }
  }
}

/* Every plan of a menu for every debt, as option_grid: due, interest and worth (plans, debts). */
void option_grid(I64 debts, const I64 *principal, const I64 *counts, const I64 *rate,
                 const I64 *interest_owed, const I64 *penalty, I64 pairs, const I64 *pair,
                 const I64 *order, const I64 *ends, const I64 *pause, const uint8_t *waives,
                 const double *first, const I64 *capacity, const double *curve, I64 *out_counts,
                 I64 *out_rate, I64 *out_level, I64 *out_last, I64 *out_carried, I64 *out_due,
                 I64 *out_interest, I64 *out_worth) {
  double month = curve[0], later = curve[1], base = curve[2], slope = curve[3], most = curve[4],
         comfortable = curve[5];
  static __thread double survives[64][B], lost[64][B], weight[64][B], worth[64][B];
  I64 ones[1300];
  for (int i = 0; i < 1300; i++) ones[i] = 1;
  for (I64 start = 0; start < debts; start += B) {
    I64 stop = start + B < debts ? start + B : debts;
    I64 owed[B], yearly[B], count[B], paused[B], level[B], cost[B], last[B];
    LANES owed[k] = principal[start + k < stop ? start + k : stop - 1];
    for (I64 p = 0; p < pairs; p++) {
      I64 plans = ends[p + 1] - ends[p];
      LANES {
        I64 debt = start + k < stop ? start + k : stop - 1;
        I64 lower = rate[debt] - pair[2 * p + 1];
        yearly[k] = lower > 0 ? lower : 0;
        count[k] = counts[debt] + pair[2 * p];
        paused[k] = interest(owed[k], yearly[k], INVERSE, 0.5, HALF, D);
      }
      clearing(owed, yearly, count, ones, level, cost, last);
      for (I64 plan = 0; plan < plans; plan++) {
        I64 row = order[ends[p] + plan];
        for (I64 k = 0; k < stop - start; k++) {
          I64 debt = start + k, at = row * debts + debt, many = count[k];
          I64 sum = interest_owed[debt] + paused[k] * pause[row];
          I64 carried = sum + (waives[row] ? 0 : penalty[debt]);
          I64 due = level[k] + (carried + many - 1) / many, limit = capacity[at];
          double over = limit > 0 ? (double)due / (double)limit - comfortable : 0.0;
          double chance = base + slope * (over > 0.0 ? over : 0.0);
          chance = limit <= 0 || chance > most ? most : chance;
          double stays = 1 - chance;
          survives[plan][k] = stays * month;
          lost[plan][k] = chance / (stays > 1e-9 ? stays : 1e-9) * later;
          weight[plan][k] = first[row]; worth[plan][k] = 0.0;
          out_counts[at] = many; out_rate[at] = yearly[k]; out_level[at] = level[k];
          out_last[at] = last[k]; out_carried[at] = carried; out_due[at] = due;
          out_interest[at] = cost[k] + sum;
        }
      }
      worths(owed, yearly, count, level, plans, survives, lost, weight, worth);
      for (I64 plan = 0; plan < plans; plan++) {
        I64 row = order[ends[p] + plan];
        for (I64 k = 0; k < stop - start; k++) {
          I64 at = row * debts + start + k;
          double stays = survives[plan][k], over = 1 - stays > 1e-9 ? 1 - stays : 1e-9;
          double series = stays * (first[row] - weight[plan][k]) / over;
          double total = stays < 1 ? series : (double)count[k] * first[row];
          out_worth[at] = (I64)floor(worth[plan][k] + (double)out_carried[at] / (double)count[k] * total);
        }
      }
    }
  }
}

/* The yearly rate of every plan, Newton on shared payment days, as plan_rates. */
void plan_rates(I64 debts, const I64 *owed, I64 plans, const I64 *counts, const I64 *rate,
                const I64 *level, const I64 *last, const I64 *carried, const I64 *pause,
                const I64 *due, double *out) {
  static __thread double amounts[1300][B], factors[64][B];
  for (I64 p = 0; p < plans; p++) {
    const I64 *days = due + pause[p];
    for (I64 start = 0; start < debts; start += B) {
      I64 stop = start + B < debts ? start + B : debts, lines = counts[p * debts + start];
      double debt[B], guess[B], ceiling[B], discount[B], worth[B], slope[B];
      I64 gaps[64], slots[1300], many = 0, before = 0;
      for (I64 line = 0; line < lines; line++) {
        I64 gap = days[line] - before, slot = 0;
        before = days[line];
        while (slot < many && gaps[slot] != gap) slot++;
        if (slot == many) gaps[many++] = gap;
        slots[line] = slot;
      }
      LANES {
        I64 loan = start + k < stop ? start + k : stop - 1, at = p * debts + loan;
        I64 count = counts[at], rest = carried[at], share = (rest + count - 1) / count;
        double total = 0.0;
        debt[k] = (double)owed[loan];
        guess[k] = -log(1.0 + (double)rate[at] / 12e6) * (12.0 / 365);
        for (I64 line = 0; line < lines; line++) {
          I64 part = rest - share * line;
          part = part < 0 ? 0 : part > share ? share : part;
          amounts[line][k] = line < count ? (double)((line < count - 1 ? level[at] : last[at]) + part) : 0.0;
          total += amounts[line][k];
        }
        double lift = log(debt[k] / total);
        ceiling[k] = lift < 0.0 ? lift / (double)days[count - 1] : lift / (double)days[0];
        guess[k] = guess[k] < ceiling[k] ? guess[k] : ceiling[k];
      }
      for (int step = 0; step < 100; step++) {
        LANES discount[k] = exp(guess[k]);
        for (I64 slot = 0; slot < many; slot++) {
          double square[B];
          memcpy(square, discount, sizeof square);
          LANES factors[slot][k] = 1.0;
          for (I64 times = gaps[slot]; times > 0; times >>= 1) {
            if (times & 1) LANES factors[slot][k] *= square[k];
            LANES square[k] *= square[k];
          }
        }
        LANES { worth[k] = 0.0; slope[k] = 0.0; }
        for (I64 line = lines - 1; line >= 0; line--) {
          const double *factor = factors[slots[line]];
          double day = (double)days[line];
          LANES {
            worth[k] = (worth[k] + amounts[line][k]) * factor[k];
            slope[k] = (slope[k] + amounts[line][k] * day) * factor[k];
          }
        }
        double largest = 0.0;
        LANES {
          double after = guess[k] - (log(worth[k]) - log(debt[k])) * worth[k] / slope[k];
          after = after < ceiling[k] ? after : ceiling[k];
          double moved = fabs(after - guess[k]);
          largest = moved > largest ? moved : largest;
          guess[k] = after;
        }
        if (largest <= 1e-10) break;
      }
      for (I64 k = 0; k < stop - start; k++) out[p * debts + start + k] = expm1(-365 * guess[k]);
    }
  }
}
