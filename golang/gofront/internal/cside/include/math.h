#pragma once
double sqrt(double x);
double fabs(double x);
double floor(double x);
double ceil(double x);
