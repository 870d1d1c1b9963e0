export const MERCHANTS = [
  'Corner Grocery',
  'Metro Tickets',
  'Daily Coffee',
  'City Fuel',
  'Book Nook',
  'Green Pharmacy',
  'Shoe House',
  'Home & Garden',
  'Grand Hotel',
  'Sky Travel',
] as const;
/** What is paid there in the middle, in cents. */
export const MERCHANT_CENTS = [2_350, 320, 480, 5_400, 1_890, 1_450, 7_900, 6_200, 18_500, 31_000] as const;
